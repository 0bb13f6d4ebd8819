"""Words that speak for a one-time code, by language: `stem*` is for words that begin so, `*stem` for those that end so."""

from typing import Final

from processors.extract.signals import (
    AUTH,
    CODE,
    COPULA,
    NEUTRAL,
    NEW,
    OTHER,
    RECEIPT,
    SECRET,
    STRONG,
    USE,
    VALID,
    WITH,
)

STEMS: Final[dict[int, str]] = {
    STRONG: """
        otp otps otpcode tan tac mtan smstan pushtan mobiletan chiptan phototan itan totp mfa 2fa onetimepassword
            onetimepasscode  hi: ओटीपी* ओटिपी* वनटाइम
        bn: ওটিপি*  as: অ'টিপি* অটিপি*  gu: ઓટીપી*  pa: ਓਟੀਪੀ*  or: ଓଟିପି*  ta: ஓடிபி* ஓடீபி* ஒடிபி*  te: ఓటీపీ* ఓటిపి*
        kn: ಓಟಿಪಿ* ಒಟಿಪಿ*  ml: ഒടിപി* ഒറ്റിപി*  ur: اوٹیپی  ru: отп
        zh: 验证码 驗證碼 校验码 校驗碼 动态码 動態碼 认证码 認證碼 确认码 確認碼 激活码 短信码 随机码 動態密碼
            动态密码 动态口令 驗證密碼 一次性密码 一次性密碼 安全码 安全碼 登录码 登入碼 驗證碼
            检验码 识别码 验证代码 驗證代碼 認證代碼 确认代码 交易碼
        ja: 認証コード 確認コード 認証番号 ワンタイム 検証コード 確認番号 セキュリティコード 認証キー
            認証用コード 確認用コード ログインコード
        ko: 인증번호 인증코드 확인코드 인증번호 보안코드 일회용 로그인코드 확인번호 인증키 th: โอทีพี
            รหัสยืนยัน รหัสยืนยันตัวตน รหัสลับ
        ja: セキュリティ番号 ワンタイムパス 確認キー zh: 簡訊密碼 随机密码 登錄碼
        en: otac otpin onetimepin smscode smspin motp eotp extrapin de: transaktionsnummer apptan qrtan sepatan pt: itoken zh: 验证号
        驗證號 認證號碼 認證密碼 认证密码 验证密码 一次性代碼 一次性代码 确认代碼 安全代碼 安全代码 交易密碼 短訊密碼 短信口令 口令码
        短讯密码 校验密码 激活代码 激活碼 啟動碼 開通碼 啟用碼 启用码 认证号 辨識碼 识别碼 保安編碼 保安编码 保安碼 保安码 随機碼
        隨機碼 隨機密碼 綁定碼 绑定码 註冊碼 重置码 重置碼 重設碼 核验码 核驗碼 核实码 核實碼 效验码 验證码 驗证码 驗証碼 驗證吗
        安全密码 一次密碼 單次密碼 登录代码 登入代碼 登錄代碼 登陆码 登录密令 臨時密碼 一次性口令 检验碼 確認代碼 動態口令 简讯密码 ja:
        認証ード 認証ナンバー 照合番号 照合コード 本人確認コード 本人確認番号 セキュリティキー セキュリティーコード アクセスコード
        登録コード 承認コード 検証番号 認証用番号 ログイン番号 ログイン用コード 確認用番号 再設定コード リセットコード 復旧コード
        有効化コード 認証用の番号 認証用数字 確認の番号 確認用数字 一時パスワード 一時コード ショートメール認証 ko: 원타임 오티피
        인증용 인증숫자 로그인번호 접속코드 접속번호 결제인증 이체인증 카드인증 출금인증 송금인증 점유인증 검증코드 검증번호 확인숫자
        보안번호 임시번호 인증문자 가입코드 인증암호 보안숫자 인증값 th: รหัสผ่านครั้งเดียว รหัสครั้งเดียว รหัสใช้ครั้งเดียว
        รหัสความปลอดภัย รหัสรักษาความปลอดภัย รหัสเข้าใช้ รหัสเข้าสู่ระบบ รหัสตรวจสอบ รหัสเปิดใช้งาน โค้ดยืนยัน รหัสลงทะเบียน
        รหัสชั่วคราว รหัสผ่านชั่วคราว รหัสรีเซ็ต รหัสปลดล็อก รหัสเข้าระบบ โค้ดเข้าระบบ lo: ໂອທີພີ ລະຫັດຢືນຢັນ ລະຫັດຄັ້ງດຽວ ລະຫັດຢັ້ງຢືນ
        ລະຫັດຄວາມປອດໄພ ລະຫັດເຂົ້າ ລະຫັດຊົ່ວຄາວ km: លេខកូដផ្ទៀងផ្ទាត់ លេខផ្ទៀងផ្ទាត់ លេខកូដបញ្ជាក់ លេខបញ្ជាក់ កូដបញ្ជាក់ កូដផ្ទៀងផ្ទាត់
        អូធីភី លេខកូដសុវត្ថិភាព my: အိုတီပီ အတည်ပြုကုဒ် အတည်ပြုနံပါတ် အတည်ပြုကုတ် တစ်ခါသုံးကုဒ် လုံခြုံရေးကုဒ် အတည္ျပဳကုဒ္ ru:
        отпкод el: οτπ ka: ოტპ am: ኦቲፒ* dv: އޯޓީޕީ* si: ඕටීපී* ckb: ئۆتيپي fa: اوتيپي ar: اوتيبي zh-latin: yanzhengma
        jiaoyanma dongtaimima querenma ko-latin: injeungbeonho ja-latin: ninshokodo ninshobango vi-latin: maxacthuc maxacnhan
        """,
    CODE: """
        nip en: code  passcode* *passcode pin password*  token  es: codigo* clave claves contrasena*
        pt: senha* passe  fr: mdp  it: codice codici  ro: cod codul codului  ca: codi contrasenya*
        gl: contrasinal*  eu: kode* pasahitz*  de: *code passwort* *passwort kennwort* *kennwort
        nl: wachtwoord* *wachtwoord  sv: kod* *kod *koden losenord* *losenord
        no: *kode *kodesvar passord* *passord  da: adgangskode* kodeord* *kodeord*
        is: *kodi *kodinn lykilord* *lykilord
        fi: koodi* *koodi *koodisi *koodin *koodia *koodilla salasana* *salasana* tunnusluku* tunnusluvu*
        et: kood* *kood parool* *parool salasona* *salasona  lv: paroli parole  lt: slaptazod*  pl: hasl*
        cs: hesl*  hu: *kod *kodja *kodot *kodod jelszo* *jelszo* *jelszava  sl: gesl*
        hr: sifra sifru lozink* zaporka  mk: код* шифр* лозинк* шифра  ru: парол* пин пинкод*
        kk: құпиясөз* сырсөз*  tg: рамз*  mn: нууц*  tr: kod* sifre* parola* parolo*  uz: parol*  az: şifrə*
        tk: acarsoz*  sq: fjalekalim*  el: κωδικ* pinakas kodik*  hy: կոդ* գաղտնաբառ* ծածկագիր*  ka: კოდ* პაროლ*
        he: קוד* סיסמ* ססמ*  ar: رمز* كود* مرور* سري* سر  fa: كد* گذرواژه* پسورد* پين  ur: كوڈ* ورڈ پاسورڈ*
        ps: كوډ* پاسورډ* ckb: كود* تێپهڕهوشه* نهێني  sd: ڪوڊ* پاسورڊ*  ug: پارول*
        hi: कोड* पासवर्ड* पिन* कूट* पासकोड*  bn: কোড* পাসওয়ার্ড* পিন*  as: ক'ড* ক’ড*  gu: કોડ* પાસવર્ડ* પિન*
        pa: ਕੋਡ* ਪਾਸਵਰਡ* ਪਿੰਨ*  or: କୋଡ* ପାସୱାର୍ଡ* ପିନ*  ta: குறியீ* கோட்* கோடு* கடவுச்* பின் கடவுச்சொல்*
        te: కోడ్* కోడు* పాస్వర్డ్* సంకేత* పిన్  kn: ಕೋಡ್* ಪಾಸ್ವರ್ಡ್* ಸಂಕೇತ* ಪಿನ್
        ml: കോഡ്* കോഡ* പാസ്വേഡ്* പാസ്വേർഡ്*  si: කේත* මුරපද* සංකේත* රහස්  zh: 密码 密碼 口令 代码 代碼 码 碼
        ja: コード パスコード パスワード 暗証番号 キー番号 ko: 코드 비밀번호 암호 번호 핀번호 th: รหัส รหัสผ่าน พิน lo:
            ລະຫັດ ຣະຫັດ
        km: លេខកូដ កូដ លេខសម្ងាត់ ពាក្យសម្ងាត់ លេខសំងាត់  my: ကုဒ် ကုတ် ကုဒ္ လျှို့ဝှက်နံပါတ် စကားဝှက်
        vi: mã khẩu khau  id: sandi* laluan  tl: kodigo  sw: msimbo nenosiri nywila siri  ha: sirri  yo: koodu*
        ig: okwuntughe  zu: ikhodi* khodi ikhowudi* iphasiwedi*  st: khoutu* khouto  af: wagwoord*
        so: koodh* sirta fure  am: ኮድ* ኮዱ ኮድዎ የይለፍ  om: koodii* iccitii  mg: kaody tenimiafina  ht: kod
        mt: kodici*  cy: cod god côd godau  ga: chod  gd: còd chòd  eo: kodo pasvorto  ar-latin: ramz
        zh-latin: yanzhengma dongtaima  th-latin: rahat  hi-latin: kod  ur: پی  hi: पी  bn: পি  gu: પી  mr: सांकेतांक*
        it: chiave  en: etoken rvn evc mpin  pt: chave  nl: pincode* *code  af: kode* eenmalige  is: pinn leyninumer*
        et: pin-kood* paroo*  lv: kods koda kodu  lt: kod*  sk: kod* hesl*  sl: kod*  hr: kod*  sr: лозинк* кôд kod*
        uk: пароль* парол* код*  bg: парола* код*  be: парол* код*  ky: код* сырсөз*  tg: код* гузарвожа*
        mn: код* нэвтрэхкод  uz: kod* код*  tk: kod* parol*  az: kod* parol*  sq: kod* pin*
        ps: کوډ* پاسورډ* رمز*  ckb: کۆد* پاسوۆرد*  ug: كود*   ne: सङ्केत* संकेत*  as: কোড* ক’ড*  si: අංකය කේතාංක*
        my: ကုတ်နံပါတ်  km: លេខកូដ  lo: ລະຫັດ  ti: ኮድ* ኮድኩም  am: ኮድ*  sw: namba nambari  ha: lamba* lambar*
        ig: koodu  zu: inombolo*  xh: inombolo*  tn: khoutu  sn: kodhi  rw: kode
        so: koodka koodhka koodkaaga koodhkaaga lambarka nambarka  om: koodiin koodiin*   mg: kaody laharana
        eu: kodea  ga: cod  gd: coda  lb: code  eo: kodo  jv: kode  su: kode  ceb: kodigo  ilo: kodigo
        ur: پن el-latin: kwdik* ko-latin: beonho ln: wo:
        ny: yachinsinsi nambala ru-latin: parol el-latin: kwdikos hi-latin: kood
        en: pw pwd passwd pasword passwrd passphrase passnumber pswd psw codeword es: codigu* clavecita* contrasenia* pt: contrassenha*
        fr: clé motdepasse it: codicin* de: zahlencode zahlenfolge ziffernfolge ziffernkombination zahlenkombination geheimwort
        aktivierungsschlussel sicherheitsschlussel zugangsschlussel nl: cijfercode wachtw sleutelcode sv: engangslosen is: adgangsord*
        leyniord* lykiltal* oryggistal* adgangstal* talnarun* fi: avainluku* avainluvu* turvaluku* turvaluvu* *koodinne *koodiasi
        *koodillasi *koodillanne *salasanasi *tunnusluku *tunnuslukusi vahvistusluku* kertaluku* et: votmeson* *paroolid fo: kotan
        loyniord* loynital* stadfestingarkod* atgongdarkod* eingangskod* lb: passwuert* *passwuert fy: koade *koade wachtwurd hu:
        *kodjat *koddal *kodom *kodjaval titkosszam* ca: contrasenyes gl: contrasinais eu: gakoa pl: szyfr sl: sifro sifri hr: sifrom
        zapork* bg: ключ ru: токен пасворд uk: пін піном пінкод* be: шыфр kk: құпия* кілтсөз*
        жасырын ky: купуя* жашыруун tg: калидвожа tt: серсүз* яшерен ba: серһүҙ*
        йәшерен az: shifre* ku: nihen* peborin* ug: مەخپىي* شىفىر* mexpiy el: συνθηματικ* κλειδαριθμ* πιν
        μυστικο el-latin: sinthimatik* synthimatik* codikos hy: ծածկագր* գաղտնագ* գաղտնա* պին փին hy-latin: gaghtnabar*
        gaxtnabar* tsatskagir* cackagir* ka: პინ პინი პინკოდ* საიდუმლო he: צופן סודי הסודי פין he-latin: sisma* ar: باسورد* باسوورد*
        شفره* پاسورد ar-latin: ramz* rmz elcode elkod alramz erramz fa: عبور پسوورد* fa-latin: oboor obur ghozarvazhe ur: پاسكوڈ* خفيه
        ur-latin: khufia khufiya ps: پټنوم* پټ پټه ckb: تێپهڕ* پينكود* نهێني* sd: كوڊ* ڳجهو ڳجهي dv: ކޯޑ* ޕާސްވޯޑ* ޕާސްކޯޑ* ޕިން*
        ސިއްރު* bo: གསང་གྲངས* *གསང་གྲངས *གསང་གྲངས་ གསང་ཨང* *གསང་ཨང *གསང་ཨང་ གསང་ཚིག* *གསང་ཚིག *གསང་ཚིག་ hi: गुप्त* पासवड* पासकी सीक्रेट
        mr: परवली* सांकेतिक ne: गोप्य* गोपनीय bn: পাসকোড* সংকেত* সঙ্কেত* as: পাছৱৰ্ড* পাছওৱৰ্ড* পাচৱৰ্ড* কʼড* ক‘ড* ডটো* ডৰ ডক gu:
        ગુપ્ત* સંકેત* પાસકોડ* pa: ਪਿਨ* ਗੁਪਤ* ਪਾਸਕੋਡ* or: ପାସ୍ୱାର୍ଡ* ପାସୱର୍ଡ* ପାସ୍ୱର୍ଡ* ଗୁପ୍ତ* ସଂକେତ* ta: கடவு* ரகசிய* இரகசிய*
        பாஸ்வேர்ட்* பாஸ்வேர்டு* பாஸ்கோட்* குறிமுறை* குறியெண்* மறைகுறி* மறைச்சொல்* te: పాస్కోడ్* రహస్య* పిన్* గుప్త* kn: ಗುಪ್ತ* ರಹಸ್ಯ*
        ಪಾಸ್ಕೋಡ್* ಕೋಡ* ಗೂಢ* ಪಾಸ್‌ವರ್ಡ್* ml: രഹസ്യ* പിൻ പാസ്കോഡ* പാസ്സ്വേഡ* പാസ്‌വേഡ്* പാസ്സ്‌വേർഡ്* si: රහස්ය* කෝඩ්* පින් zh: 暗码 暗碼
        編碼 ja: 暗号 パスワ ko: 비번 패스워드 패스코드 핀코드 비밀코드 비밀숫자 th: โค้ด โค๊ด พาสเวิร์ด พาสเวิด พาสโค้ด เลขรหัส
        เลขยืนยัน lo: ລະຫັດຜ່ານ ລະຫັດລັບ ໂຄ້ດ ໂຄດ ເລກລະຫັດ ເລກລັບ ພາສເວີດ km: កូត ពាក្យសំងាត់ លេខភីន លេខពិន ខូដ my: ကုဒ်နံပါတ်
        လျှို့ဝှက်ကုဒ် လျှို့ဝှက် ကုတ္ လွ်ိဳ႕ဝွက္ လ်ိဳ႕ဝွက္ စကားဝွက္ ပင်နံပါတ် ပါ့စ်ဝေါ့ဒ် vi: mật matma id: katasandi ms: katalaluan
        su: konci tl: kowd kodigo* sw: nenosiri* msimbo* misimbo ha: lambob* yo: igbaniwole asiri asina ig: nzuzo paswoodu* pasiwodu
        zu: *khodi *khowudi *phasiwedi imfihlo eyimfihlo *yimfihlo iphinikhodi *iphasiwedi xh: lokugqithisa imfihlelo st: phasewete
        phasewedi *khouto lekunutu sephiri sn: pasiwedhi yakavanzika chakavanzika rakavanzika kodhi* ny: chinsinsi achinsinsi pasiwedi
        ln: sekele wo: baatujall rw: ijambobanga* ibanga mg: miafina tenimiafin* kaody* kaodi* so: ereysir* furahaaga nambark* om:
        iccit* paaswoord* darbii jechadarbii am: ኮዱን ኮዶ የኮድ* በኮድ* ኮዱ* የሚስጥር* የምስጢር* ሚስጥራዊ ምስጢራዊ ሚስጥር ምስጢር ፒን* ፓስወርድ* ፓስዎርድ* የይለፍ* የማለፊያ
        ti: ምስጢራዊ* ምሕላፍ* መሕለፊ* ቃልምስጢር ht: modpas* sekre pap: kontrasen* mt: sigriet* cy: nghod cyfrinair gyfrinair chyfrinair
        nghyfrinair cyfrinrif gyfrinrif ga: gcod coid choid pasfhoca* phasfhoca* bpasfhoca* runda gd: diomhair br: tremenger eo:
        pasvort* sekreta mi: waehere kupuhipa to: kouti qu: pakasqa zh-latin: mima yanzheng ko-latin: bimilbeonho inzeung ja-latin:
        ninsho ninshou angou ansho th-latin: rahas rahad rahatphan km-latin: samngat hi-latin: gupt sanket pasward ta-latin: kuriyeedu
        ragasiya te-latin: rahasya
        """,
    AUTH | RECEIPT: """
        en: authorization authorisation
        """,
    AUTH | OTHER: """
        en:   fr: acces
        """,
    CODE | AUTH: """
        de: sicherheitsnummer sicherheitsziffer*  fi: vahvistustunnus* vahvistusnumero*
        is: stadfestingarnumer* oryggisnumer* auðkennisnumer*  ko: 본인확인번호
        fo: vattanarkod* stadfestingarkod* th: หมายเลขยืนยัน ตัวเลขยืนยัน ta: ஒருமுறைக்குறியீடு* de: verifizierungsnummer einmalnummer
        hu: ellenorzoszam* is: innskraningarnumer* sv: engangsnummer verifieringsnummer da: bekraeftelsesnummer
        """,
    AUTH: """
        ro: loghez*
        de: *freigabe  sq: hyrje*  ar-latin: ta7a2o2 ta7aqoq
        sv: *aterstallning* aterstall* da: nulstil* gendan* no: tilbakestill* ru: подпишите подписать подписания подпись подписи
        подписью uk: підписання підписати підпишіть підпису be: падпісання падпісаць падпішыце bg: подписване* подпишете подпис sr:
        потписивањ* потпишите потпис mk: потпишувањ* потпис el: υπογραφη* υπογραψ* hy: ստորագր* ka: ხელმოწერ* he: חתימה ar: توقيع* fa: امضا*
        ur: دستخط* hi: हस्ताक्षर* mr: स्वाक्षरी* bn: স্বাক্ষর* ne: हस्ताक्षर* kk: қолтаңба*
        en: verif* confirm* authent* authori* activat* login logon signin signup einloggen zaloguj* logga
            logare conectare sesion iniciar entrar registr* register* secur* onetime
            setup passkey pairing joining authorise authorize
            recover* reset unlock validat* identity factor step logging signing log sign  verifying
        es: autentic* seguridad acceder activac* registr* valida* confirmac*  pt: seguranca acessar ativa*
        fr: acceder connexion connecter securite inscription authentif* identif*
        it: sicurezza accedere autentic* attivaz* temporane*
        de: bestaetig* bestatig* verifizier* *bestatigung sicherheits* anmeld* einmal* freischalt* freigab*
            aktivier* zugriff* authentifizier*
        nl: verifi* bevestig* beveilig* inlog* aanmeld* eenmalig* activeer* activer*
        sv: bekraft* sakerhets* engang* inlogg* aktiver*
        da: bekraeft* bekreft* sikkerheds* sikkerhets* engangs* palogg* logge login
        is: stadfest* oryggis* innskran* audkenn*
        fi: vahvist* kertakaytto* tunnistau* turva* kirjautu* todenn* aktivoi* varmen*
        et: kinnit* turva* uhekord* sisselog* autoris*
        lv: apstiprin* drosib* verifik* vienreiz* autoriz* ielog* pieteik*
        lt: patvirtin* saugos vienkartin* prisijung* autentif* tapatyb*
        pl: weryfik* potwierdz* autoryz* jednorazow* logowan* zalogow* bezpiecz* aktywac* rejestr* uwierzyteln*
        cs: overen* overov* overi* potvrz* potvrd* jednorazov* prihlas* prihlas* aktivac* bezpecnost* autoriz*
        sk: bezpecnostn* overeni* registrac*
        hu: megerosit* ellenorz* hitelesit* egyszer* belep* bejelentkez* biztonsagi aktival* azonosit* regisztr*
        sl: potrdit* preverja* preverit* enkratn* varnostn* prijav*
        hr: verifik* jednokratn* sigurnosn* autentif* provjer*  bs: verifikac*
        sr: потврд* верифик* једнократн* безбедносн* пријав*  mk: еднократ*
        bg: потвърд* верифик* сигурност* вход* активир* удостовер*
        ru: подтвержд* подтверд* проверк* проверочн* регистрац* регистрир* одноразов* авториз* вход войти входа
            доступ* безопасн* актива* аутент* podtver* odnoraz*
        uk: підтвердж* підтверд* верифік* вхід входу доступу безпек* реєстр* увійти перевір*
        be: пацвярдж* пацвердж* аднаразов* уваход* аўтарыз*  kk: растау* реттік* тіркел* кіру* қауіпсізд*
        ky: ырастоо* тастыкт* жолку кирүү*  tg: тасдиқ* якдафъа* вуруд  uz: tasdiq* тасдиқ* martalik кириш kirish
        mn: баталгаажуул* нэвтрэх* бүртг*  tr: dogrula* dogrulama* onay* kullanimlik giris* guvenlik* aktivasyon*
        az: təsdiq* birdəfəlik* təhlükəsizlik* tesdiq*  tk: tassykla*  sq: verifik* konfirm* vertet* njeperdorim*
        el: επιβεβαιω* επαληθευ* ταυτοποι* εισοδο* συνδεσ* ασφαλει* ενεργοποι* εγγραφ* epalitheus* epivevaios*
        hy: հաստատ* նույնականաց* մուտք* մեկանգամյա  ka: დადასტურ* ვერიფიკ* ერთჯერად* ავტორიზ* შესვლ* ავტორიზაც*
        he: אימות* אישור* פעמי כניסה* התחבר* הזדהות* זיהוי* האימות
        ar: تحقق* تاكيد* تفعيل* دخول* مصادق* توثيق* موقت* تسجيل* امان تصريح واحده
        fa: تاييد* ورود* يكبار* پويا فعال* احراز مصرف  ur: تصديق* لاگ لاگان
        ps: تاييد* تصديق* ckb: پشتڕاست* دڵنيا* چوونهژوورهوه*  sd: تصديق*  ug: تهستىق* tahqiq*
        hi: सत्यापन* सत्यापित* वेरिफि* वेरिफ़ि* लॉगिन* लॉग पुष्टि* प्रमाणी*  mr: पडताळणी*
        ne: प्रमाणित* प्रमाणीकरण*  bn: যাচাই* ভেরিফি* নিশ্চিত* লগইন* সনাক্ত*  as: সত্যাপন*
        gu: ચકાસણી* વેરિફિ* પુષ્ટિ* લૉગિન* લોગિન*  pa: ਪੁਸ਼ਟੀ* ਤਸਦੀਕ* ਵੈਰੀਫਿ* ਵੈਰੀਫ਼ਿ* ਲੌਗਇਨ*
        or: ଯାଞ୍ଚ* ସତ୍ୟାପନ* ଲଗଇନ* ଭେରିଫି*  ta: சரிபார்* உறுதிப்* அங்கீகார* உள்நுழை* உறுதி*
        te: ధృవీకరణ* ధ్రువీకరణ* నిర్ధారణ* వెరిఫి* లాగిన్*  kn: ಪರಿಶೀಲನ* ದೃಢೀಕರಣ* ಲಾಗಿನ್* ದೃಢೀಕರ*
        ml: സ്ഥിരീകരണ* പരിശോധന* വെരിഫി* ലോഗിൻ* സ്ഥിരീകരിക്ക*  si: සත්යාපන* තහවුරු* පිවිස*
        zh: 验证 驗證 认证 認證 登录 登入 注册 註冊 校验 激活 身份 动态 動態 一次性 绑定 綁定 登陆 ja: 認証
            確認 ログイン 登録 本人 ko: 인증 본인확인 로그인 가입 확인 본인
        th: ยืนยัน เข้าสู่ระบบ สมัคร ลงทะเบียน  lo: ຢືນຢັນ ເຂົ້າສູ່ລະບົບ  km: ផ្ទៀងផ្ទាត់ បញ្ជាក់ ចូលគណនី ចុះឈ្មោះ
        my: အတည်ပြု ဝင်ရောက် အကောင့်ဝင်  vi: xác xac thực nhập đăng
        id: verifik* konfirm* pengesah* sahkan masuk* daftar* keamanan keselamatan otentik* aktifkan aktivasi
        tl: beripik* kumpirm*  sw: uthibitish* thibitish* kuthibitish* kuingia usajili  ha: tabbatar* tantance*
        yo: ijerisi*  ig: nkwenye nyocha*
        zu: qiniseki* ukuqiniseki* yokuqiniseki* lokuqiniseki* sokuqiniseki* ukungena  xh: isiqiniseki*
        st: netefats*  tn: netefats*  af: bevestig*  so: xaqiijin*  am: ማረጋገጫ* የማረጋገጫ* ለመግባት  ti: መረጋገጺ*
        om: mirkanees*  rw: kwemeza* kwinjira  mg: fanamarin*  ht: konfim*  mt: verifika*
        cy: dilysu gwirio cadarnhau diogelwch mewngofnodi  ga: fior* deimhni* logail*  gd: dearbhadh
        es: acceso  pt: acesso  it: accesso  ca: verificac* seguretat registr*  gl: verificac* seguridade  eu: egiaztap* egiaztatz*
        segurtasun* sarbide*  lb: bestatig* umell*  is: audkenning* innskraning* stadfesting*  et: kinnitus* sisse*
        lv: piekluv* autentifik* ienaksan*  lt: prisijungim* tapatyb* autoriz*  sl: potrditven* preverit* vstop*
        bs: potvrd* prijav* sigurnosn* jednokratn*  hr: potvrd* prijav* autoriz*  sr: потврђив* пријављ* приступ*
        mk: потврд* верифик* најав* безбедн*  bg: вход* влизане достъп* регистрац* еднократ* идентифик*
        be: праверк* рэгістрац* аўтэнт*  kk: кіру* тіркелу* верифик*  ky: кирүү* тастыктоо* катто*
        tg: воридшав* бақайдгир* верифик*  mn: баталгаа* нэвтрэлт* нэг удаагийн  uz: ro'yxat* kirish* faollash*
        az: tesdiq* giris* daxilolma  tk: girmek* tassyk*  hy: մուտքի* վավերաց* գրանցում*  ka: შესასვლელ* რეგისტრ* უსაფრთხო*
        ps: تاييد* ننوتل* ckb: چوونه* پشتراست*  sd: تصديقي*  ur: تصديق* توثيق* لاگين رجسٹر*
        mr: पडताळ* सत्याप* लॉगिन*  ne: प्रमाणी* लगइन* पुष्टि*  as: সত্যাপন* লগইন* পৰীক্ষণ*  pa: ਤਸਦੀਕ* ਲਾਗਇਨ*
        gu: ચકાસ* લોગ*  or: ଯାଞ୍ଚ* ପ୍ରମାଣ*  te: ధృవీక* ధ్రువీక* నిర్ధార* లాగ్*  kn: ಪರಿಶೀಲ* ದೃಢ*  ml: പരിശോധ* സ്ഥിരീക*
        si: සත්‍යාපන* සත්යාප* තහවුරු*  ti: መረጋገጺ* መእተዊ  am: ማረጋገጫ* ማረጋገጥ*  om: mirkaneess* seensa
        zu: ukuqinisekis* yokungena  xh: ukuqinisekis* yokuqinisekis*  st: netefaletso  tn: tlhomamis*  sn: kusimbis*
        ha: tabbaci* tantanc* shiga  yo: ijeris* iwole  ig: nkwenye* nnabata  sw: kuthibitish* kuthibiti* idhini
        rw: kwemez* kwinjira*  mg: fanamafis* fidirana  ht: verifik* koneksyon  mt: verifik* awtentik* dhul
        jv: verifikasi  ceb: beripik*  tl: pagpapatunay pag-verify mag-login
        fil: veripika*  ru-latin: vhod* voyti vkhod* podtverzhd*  ar-latin: ta2keed tafeel taf3eel tahaqoq
        el-latin: epivevaiosi* epalitheusi*  vi-latin: xac thuc dang nhap
        nl: loggen ko-latin: injeung* el-latin: epibeba* epivev* epalith* mt: tidhol
        en: approve dynamic
        en: enrol*
        vi: kích kich hoạt pt: adesao es: alta ceb: maka-log sn: kupinda so: gasho rw: winjire ig: banye tn: tsena ht:
        konekte ny: kutsimikizira
        ru-latin: podtverzhdeniya vhoda zh-tw: 開通 啟用
        en: unlocking reauth* 2step twofactor twostep multifactor ephemeral disposable singleuse es: acceda accede vincula* autoric*
        efimer* desechable dinamic* recuper* restablec* desbloque* empareja* pt: autentiq* redefin* cadastr* descarta* conectar
        ingressar fr: activez ephemer* jetable certifi* deverrouill* reinitialis* connecte* creer provisoire associer it: conferm*
        convalid* riprist* sbloc* monouso accedi usaegetta provvisor* de: einlog* eingelogg* entsperr* zurucksetz* zurueckz* freizugeb*
        freigeben zugang* validier* verknupf* koppel* prufcode* dynamisch* kurzzeitig* wiederherstell* anzumeld* einzulogg* nl:
        wachtwoordherstel ontgrendel* tijdelijk* toegang* valider* goedkeur* sv: legitimer* aterstall* godkann* tillfallig* autentis*
        sakerhet* koppla da: godkend* nulstil* gendan* midlertidig* adgang* logind* indlog* no: godkjenn* tilbakestill* innlogg*
        tilgang* gjenopprett* is: virkja* virkjun* endursetj* bradabirgd* einnota einskipt* skraning* sannvott* sannprof* innskra* fi:
        varmist* tunnistam* valiaikai* rekisteroi* kirjaudu* sisaankirj* todent* et: autent* tuvast* ajutin* ajutis* taasta* lahtesta*
        aktiveeri* sisene* logimi* lv: parbaud* aktiviz* aktivesan* pagaidu atjaunos* pieslegsan* pieslegt* lt: laikin* atkur* aktyvin*
        aktyvav* prisijun* vienkart* tvirtin* jungti* pl: zatwierdz* tymczasow* dynamiczn* odblok* resetow* dostepu odzysk* aktywuj*
        zarejestruj* dostepow* logowac cs: overte docasn* aktivuj* odemk* pristup* sk: odomk* hu: megeros* ellenor* hitelesi*
        ideiglenes* visszaallit* bejelentk* jovahagy* azonosi* feloldas* ro: resetar* conectez* logheaz* activar* siguranta deblocare
        logati logarea temporara temporar temporare ca: accedir restabl* inicia* autoritz* eu: egiazt* berrest* baieztat* aldibakar*
        sartzeko saioa erregistr* aktibat* berrezarri* baimen* behineko balidat* kautotz* sl: preverj* preveri potrjevaln* potrdi*
        zacasn* enkrat* avtentik* avtoriz* ponastav* hr: ovjer* jednokrat* privremen* oporav* otkljuc* sr: идентиф*
        провер* привремен* регистр* ауториз* улогу* ресетов* опорав* приврем*
        proveru proverite ulogu* mk: пристап* автентик* логирањ* ресетир* bg: потвърж* вписв*
        възстанов* нулиран* динамич* влезете влизан* ru: верифи* подтв* залогин*
        разблок* сброс* зайти привяз* двухфактор* эфемерн* uk: підтв* автент*
        ідентиф* скидан* увійд* логін* розблок* прив'яз* засвідч* be: пацверд*
        пацвярдз* актывац* рэгістр* ідэнтыф* увайсці верыфік* бяспек* kk: растайт*
        расталу* расталды уақытша біржолғы белсендір* қалпына жүйеге тексеру*
        бірреттік қолжетім* ky: ыраста* убактылуу катталуу* активдешт* коопсузд*
        калыбына текшер* tg: муваққат* якбора* яккарат* бақайд* фаъолс* барқарор*
        амният* тасдик* якмарот* tt: раслау* раслагыз* бермәртәбә* вакытлы теркәл*
        керү* куркынычсызл* активла* тикшер* ба: раҫлау* ваҡытлы инеү* хәүефһеҙл* mn:
        нэвтрэн* идэвхжүүл* сэргээ* аюулгүй* баталга* таних uz: vaqtinch* yxat* xavfsiz* tiklash*
        tekshir* вақтинч* рўйхат* кириш* хавфсиз* фаоллаш* tiklash tizimga тизимга az: birdefel*
        muveqqet* müvəqqəti* qeydiyyat* tehlukesiz* aktivles* aktivləş* bərpa berpa tr: dogrul* tekkullanimlik gecici tekseferlik
        aktive* sifirla* kurtarma* oturum* eslestir* dinamik teyit* tk: wagtlayyn birgezeklik hasaba* howpsuz* dikelt* barlag* ug:
        دەلىللە* تىزىمل* كىرىش* بىرقېتىملىق ۋاقىتلىق بىخەتەر* جەزملە* delille* sq: perkoh* perdorim* regjistr* hyrjes kyc* rivendos*
        siguri* njehers* el: επιβεβ* επαληθ* πιστοποι* προσωριν* επαναφορ* ανακτησ*
        συνδεθ* εξακριβ* αυθεντικ* δυναμικ* el-latin: epivaiwsi* epalhth* eisodo* syndes* sindesi* asfale*
        energopoi* tautopoi* prosorin* eggraf* taytopoi* hy: ստուգ* ժամանակավոր* միանգամյա* մեկանգամ* ակտիվաց* ակտիվ* անվտանգ*
        վերականգն* գրանցվ* մուտքագրման նույնակ* իսկությ* hy-latin: hastat* mutq* mutk* miangamya grancm* ka: დადასტ* დამადასტ* დროებით*
        ერთჯერ* აქტივაცი* გააქტიურ* აღდგენ* იდენტიფიკ* ავთენტ* დარეგისტრ* შესასვლ* შემოწმ* დასადასტურ* ვერიფ* ka-latin: dadast*
        damadast* ertjerad* shesvl* he: לאימות לאמת אמת אימת* זמני זמנית חדפעמי להתחבר להזדה* הפעלה להפעלת איפוס לאיפוס שחזור לשחזור
        להירשם לכניסה כניסת אבטחה אבטחת וידוא לוודא לזיהוי ar: التحقق توكيد* لتاكيد لتفعيل موقته لمره لتسجيل للدخول هويتك الامان حمايه
        امني امنيه استعاده بالدخول الولوج ولوج تنشيط* ar-latin: ta2kid takid tasjil dokhol dakhool tafa3il tahakkok taakid t2keed
        elta2keed dkhool elda5ool da5ool fa: اعتبارسنجي بازيابي هويت ثبتنام امنيت* صحتسنجي راستيازمايي بازنشاني fa-latin: tayid taeid
        vorud vorood yekbar* faalsazi ur: عارضي لاگان* ويريفائي* ويريفي* ويريفك* سيكيورٹي ايكٹيويٹ* تحفظ باريكبار ur-latin: tasdeeq
        tasdeeqi ps: يوځل* ننوت* راجستر* داخليد* sd: رجسٽر* سيڪيورٽي* ckb: تۆمار* چالاك* ئاسايش* ناسنام* يهكجار* سهلماندن* ku:
        piştrast* verast* têketin* ewlehi* demki* yekcar* carekê aktiv* qeyd* endambun* dv: ވެރިފ* ޔަޤީން* ޔަގީން* ކަށަވަރު* ލޮގް*
        ލޮގިން* ވަނުމަށް* ވަންނަން* ރަޖިސްޓ* ރެޖިސްޓ* ސެކިއު* އެކްޓިވ* ތަސްދީޤ* ތަޞްދީޤ* އެއްފަހަރު* ސައިން* ވަގުތީ bo: ར་སྤྲོད*
        *ར་སྤྲོད ནང་འཛུལ* *ནང་འཛུལ ཐོ་འགོད* *ཐོ་འགོད བདེ་འཇགས* ཐེངས་གཅིག* གཏན་འཁེལ* ངོ་སྤྲོད* hi: पंजीकरण* रजिस्ट* लॉग* साइन वेरीफ*
        वेरिफ* वैरिफ* सुरक्षा अस्थायी प्राधिकरण* ऑथेंटिक* रिसेट रीसेट एक्टिवेट* एकबारगी एक्सेस अनलॉक* hi-latin: satyapan satyapit
        pushti tasdeek lagin panjikaran mr: पुष्टी* नोंदणी* एकदाच तात्पुरता तात्पुरत* खातरजमा* व्हेरिफ* एकवेळ* प्रमाणि* ne: रुजु*
        एकपटक* भेरिफ* पुष्ट* bn: যাচা* ভেরিফ* লগ লগিন* রেজিস্ট* একবার* অস্থায়ী* এককালীন* নিরাপত্ত* সুরক্ষা* অ্যাক্টিভ* এক্টিভ*
        অনুমোদন* প্রমাণী* রিসেট* শনাক্ত* সাইন* bn-latin: jachai nishchit as: সত্যা* প্ৰমাণী* ভেৰিফ* নিশ্চয়ন* এবাৰ* পঞ্জীয়ন* সুৰক্ষা*
        চিনাক্ত* ৰেজিষ্ট* gu: વેરિફ* વેરીફ* લૉગ* સત્યાપ* રજિસ્ટ* નોંધણી* પ્રમાણી* સુરક્ષા* એકવાર* કામચલાઉ* રીસેટ* pa: ਪੁਸ਼ਟ* ਵੈਰੀਫ*
        ਵੇਰੀਫ* ਲੌਗ* ਰਜਿਸਟ* ਸੁਰੱਖਿਆ* ਆਰਜ਼ੀ* ਅਸਥਾਈ* ਸਤਿਆਪ* ਰੀਸੈੱਟ* ਸਾਈਨ* or: ଯାଂଚ* ସତ୍ୟାପ* ଲଗ୍ଇନ* ଭେରିଫ* ପଞ୍ଜୀକ* ସୁରକ୍ଷା* ଏକକାଳୀନ*
        ଅସ୍ଥାୟୀ* ଥରକିଆ* ta: சரிபா* அங்கீகா* ஒருமுறை* ஒரேமுறை* தற்காலிக* பதிவுசெய்* பாதுகாப்பு* செயல்படுத்த* வெரிஃபி* வெரிபி* லாகின்*
        லாக்* மீட்டமை* ta-latin: sariparpu urudhi urudi te: ధృవీ* ధ్రువీ* నిర్ధా* వెరిఫ* ఒకసారి* ఒక్కసారి* తాత్కాలిక* నమోదుకు భద్రత*
        ప్రామాణీ* ప్రమాణీ* రిజిస్ట్* రీసెట్* ధృవ* te-latin: dhruvikarana nirdharana kn: ದೃಡ* ಲಾಗ್* ವೆರಿಫ* ಒಂದುಬಾರಿ* ತಾತ್ಕಾಲಿಕ* ನೋಂದಣಿ*
        ಭದ್ರತ* ಪ್ರಮಾಣೀ* ಖಚಿತ* ರಿಜಿಸ್ಟ* ಸುರಕ್ಷ* ಒಮ್ಮೆ* ml: വെരിഫ* ലോഗ* ഒറ്റത്തവണ* ഒറ്റതവണ* താൽക്കാലിക* താത്കാലിക* രജിസ്റ്റ* രജിസ്ട്ര*
        സുരക്ഷ* ആധികാരിക* പ്രാമാണ* സ്ഥിതീക* si: ලොග්* ලියාපදිංචි* තාවකාලික* එක්වර* ආරක්ෂ* වෙරිෆ* සනාථ* ඇතුල්වීම* zh: 核验 核驗 实名
        綁卡 验明 授权 授權 重置 重設 找回 ja: サインイン サインアップ ログオン アクティベ 二段階 2段階 本人確認 認証用 新規登録 仮登録
        再設定 ロック解除 セキュリティ 使い捨て 1回限り ko: 일회성 1회용 본인인증 휴대폰인증 추가인증 회원가입 접속 보안 2단계 재설정
        초기화 비밀번호찾기 인증하 로그온 th: เข้าระบบ ล็อกอิน ล็อคอิน ล๊อกอิน ลงชื่อเข้าใช้ เข้าใช้งาน พิสูจน์ตัวตน ยืนยันตัวตน
        ความปลอดภัย ปลดล็อก รีเซ็ต เปิดใช้งาน ครั้งเดียว ผูกบัญชี ลืมรหัส ตรวจสอบตัวตน รีเซ็ตรหัส lo: ຢັ້ງຢືນ ເຂົ້າລະບົບ ລົງທະບຽນ ສະໝັກ
        ຄັ້ງດຽວ ຊົ່ວຄາວ ຄວາມປອດໄພ ລັອກອິນ ເປີດໃຊ້ ພິສູດ ເຂົ້າໃຊ້ ຣີເຊັດ ປົດລັອກ km: ចូលប្រើ ចូលប្រព័ន្ធ ធ្វើឱ្យសកម្ម សុវត្ថិភាព
        ប្រើម្តង ម្តងគត់ តែម្តង បណ្តោះអាសន្ន អត្តសញ្ញាណ ឡុកអ៊ីន ឡុកអីុន អនុញ្ញាត ផ្ទៀង កំណត់ឡើងវិញ my: တစ်ခါသုံး လော့ဂ်အင် လော့ခ်အင်
        လော့အင် စာရင်းသွင်း မှတ်ပုံတင် လုံခြုံရေး ယာယီ စိစစ် အသက်သွင်း အကောင့်ဖွင့် အတည္ျပဳ ဝင္ေရာက္ အေကာင့္ဝင္ မွတ္ပံုတင္ လံုျခံဳေရး
        တစ္ခါသံုး ဝင်ရန် ၀င်ရောက် ၀င်ရန် vi: xácthực xácnhận kíchhoạt đăngnhập đăngký bảomật id: otorisasi mengaktif* pendaftaran
        sementara mengonfirm* memverif* pemulihan reset* otentif* akses dinamis ms: mengesah* pengaktifan kebenaran tl: pagkumpirma*
        paglog* pagpaparehistro* rehistro* magrehistro* pagpasok minsanan* patunay* mapatunay* magparehistro* aktibasyon iberipika*
        minsan* ceb: kompirm* pamatuod* pagmatuod* higayon* panalipod temporaryo ilo: pammaneknek* agrehistro* sumrek* mamaminsan* jv:
        mlebu* verifikasi* ndaftar* dhaftar* sepisan* su: asup* daptar* sakali* samentara kaamanan sw: uthibit* kuthibit* thibit*
        uingiaji kujisajili kujiandikisha jisajili usalama kuamilisha kuwezesha uhakiki* kuhakiki* idhini* so: xaqiij* galitaan* gelid*
        isdiiwaan* diiwaan* hawlgel* amni* kumeelgaar* halmar* aqoonsi* ansixi* dhaqaajin* ha: tabbat* shiga* rajista* tsaro* kunnawa
        yo: iforuko* wiwole iwole* idaniloju* aabo eekan ijerii* ig: nkwado* nnabata* ndebanye* nchekwa* nbanye* mbanye* ikwenye* zu:
        *qiniseki* ukungena* yokungena* lokungena* bhalisa* ukubhalisa* yokubhalisa* ukuphepha yokuphepha yesikhashana sesikhashana
        yokuvula ukuqinis* yokuqinis* lokuqinis* sokuqinis* xh: yexesha sexesha lexesha yethutyana yexeshana ungqinisiso* ngqinis*
        ubhaliso* ukhuseleko* yokhuseleko yobhaliso st: netefat* tiiso* ngodiso* boitsebi* ts'ireletso polokeho nakoana nakwana tn:
        tsena* ikwadis* tshireletso gangwe nso: tiisetso sn: simbis* kupinda* kunyoresa kuchengeteka kwenguva yekusimb* yekupinda
        rekusimb* nyoresa* ratidziro ny: kutsimikiz* chitsimikiz* tsimikiz* kulowa* lolowera lowera* kulembetsa* chitetezo kamodzi
        kwakanthawi yotsimikiz* rw: kwinjir* kwiyandik* umutekano agateganyo by'agateganyo rimwe kugenzura igenzura* kwandik* winjir*
        kwemera iyemez* gateganyo ln: kondim* kokota bokoti kokomisa libateli bondimisi bandimisi wo: wóoral* dugg* deggal* ff:
        teeŋtin* naatgol* jokkondir* mg: hidirana fidiran* miditra hiditra fisoratana fandraisana vonjimaika manamarina manamafy
        hanamarin* hanamafis* fiarovana fanekena om: mirkanee* seensa* seenuu* galmee* galmaa'* nageenya yeroof* hojjechiis* galmaa*
        mirkanoo* am: ለማረጋገጥ* ለመግባት* መግቢያ* የመግቢያ* ለመመዝገብ* ምዝገባ* የምዝገባ* ደህንነት* የደህንነት* ጊዜያዊ* የአንድ አንዴ ማግበሪያ* የማግበሪያ* ማንነት* ለማግበር* የፈቃድ
        ለማንቃት ti: መረጋገ* ንምርግጋጽ* መእተው* መእተዊ* ንምእታው* ንምኣታው* ድሕነት* ጸጥታ ግዝያዊ* ሓንሳብ* ምርግጋጽ* ንምምዝጋብ* ዘረጋግጽ* ht: koneks* idantifik* otantifik*
        enskrip* enskri* sekirite tanpore otorizas* pap: seguridat mt: tikkonferm* konferm* ivverifik* sigurta attiv* illoggja*
        temporanj* illoggj* darba cy: ddilys* dilys* wirio gadarn* cadarnh* diogel* ddiogel* mewngof* fewngof* cofrestr* gofrestr*
        untro ailosod awdurd* adnab* ga: deimhn* dheimhn* fhior* logala* slandala slandail sealadach aonuaire chlaru clarucha*
        gniomhacht* gniomhu athshocr* gd: dearbh* logadh clarach* tearain* teraint* sealach br: kadarn* gwiri* kevreañ kevrea* fo:
        innrit* skraset* fyribils lb: umeld* secherheet* eemoleg* eemol eenmol* fy: befestig* oanmeld* feiligens* ienmal* eo: ensalut*
        unufoj* sekurec* provizor* sm: faamaoni* fa'amaoni* faamautu* saogalemu to: fakapapau* fakamo'oni malu'i fj: vakadinadin* curu*
        vakadeitak* mi: whakamana* whakau* takiuru* rehita* qu: chiqaqchay* chiqanchay* yaykuy* chaniynin* gn: moañete* moneti* hmn:
        nkag ru-latin: proverk* vxod* voiti uk-latin: pidtverd* pidtverzh* vkhid vhid reyestrac* bg-latin: potvurd* potvard* potvyrzhd*
        sigurnost* ko-latin: bonin ja-latin: ninsho* roguin touroku th-latin: yuenyan yeunyan ar-latin: tahaqoq* tahaqquq*
        """,
    USE: """
        fr: recopi* reportez  it: riporta riportare  cs: opsan*  lt: suvesk* panaudok*  et: tippige*
        bn-latin: boshan* likhen  ar-latin: ektob edkhel
        is: stimpladu sladu lt: rasykite irasyk surink lv: raksti rakstiet fi: naputa naputtele sl: napisi napisite hr: napisi
        napisite sv: fyll de: schreib schreibe tipp tippe nl: zet ca: posa poseu ky: тер териңиз mn: бич бичнэ fa: بنويس
        بنويسيد as: লিখক লিখা es: pon pones ponga coloca mete meta anota pt: coloca coloque bota poe põe ponha fr: mets mettez met-tez note
        notez rentre rentrez it: metti metta digiti scriva no: legg fi: laita laittakaa syotä ro: pune puneti baga
        uk: вбий вбийте уведіть ru: вбей вбейте впишите впиши вставьте uz: yozing yoz yozib kk: жаз жазыңыз жазып ky: жаз
        жазыңыз fa: بزن بزنيد hi-latn: daal daalo dalo daalein dalein daale dale likho likhe bn-latn: din hu: beirni
        ja: 打って 打ち込 nl: tik tikken toets da: tast sv: knappa mata de: eintragen trag tragt pl: wklep przepisz
        cs: napis vyplnte opiste sk: napis vypln opiste hr: ukucaj ukucajte utipkajte sl: vtipkajte bg: напишете напиши
        zh: 輸入 键入 鍵入 ko: 눌러 적어 tr: yaz yazin yazınız az: yaz yazın yazin vi: điền bấm gõ th: พิมพ์
        en: key punch use enter type input using enter
        es: usa use utiliza* ingresa* introduzca introduce ingrese digita*  pt: use insira digite utilize informe
        fr: utilise* utilisez saisi* saisissez entrez entrer  it: usa inserisci* utilizza* inserire digita
        de: verwend* benutz* geben eingeben gib nutzen*  nl: gebruik* voer vul  sv: anvand* ange skriv
        da: brug bruk indtast* tast skriv  fi: kayta syota kirjoita  et: kasuta sisesta*  lv: izmanto* ievad*
        lt: naudok* ivesk*  pl: uzyj* wpisz wprowadz* podaj  cs: pouzij* zadejte zadej  sk: zadajte pouzite
        hu: hasznal* adja irja ird  sl: vnesite uporabite  hr: unesite upisite koristite upotrijebite  sr: унесите
        mk: внесете  bg: въведете използвайте  ru: введите используйте введи vvedite  uk: введіть використ*
        be: увядзіце  kk: енгізіңіз*  tr: girin giriniz kullanin kullaniniz  az: daxil*
        sq: perdor* shkruani futni  el: χρησιμοποι* εισαγ* πληκτρολογ*  he: הזן הזינו הקש הקישו
        ar: ادخل* استخدم* ادخال  fa: وارد استفاده  ur: استعمال درج  hi: दर्ज उपयोग  bn: ব্যবহার লিখুন
        id: gunakan* masukkan*  ms: guna gunakan  tl: gamitin ilagay  vi: dùng  sw: tumia ingiza
        af: gebruik rum folositi introduceti introdu utilizati zh: 输入 輸入 使用 填写 ja: 入力 ko: 입력 th:
            กรอก ใช้
        ro: introduceti folositi  ca: introdueix utilitza  cy: defnyddiwch rhowch  pt: coloque  gl: introduce usa
        eu: sartu erabili  is: sladu notadu  lb: benotzt  lt: veskite suveskite  hr: unesi upisi  bs: unesite unesi
        sr: upisite унеси укуцајте  mk: внеси искористете  bg: въведи ползвайте  ru: наберите набери ввод вводите
        uk: вкажіть введи  be: увядзі  kk: енгіз* теріңіз  ky: киргизиңиз*  tg: ворид  mn: оруулна* оруулж
        uz: kiriting kiritish  tk: giriz*  sq: fut futni vendos*  hy: մուտքագր*  ka: შეიყვანე*  mr: वापरा प्रविष्ट
        ne: प्रविष्ट* प्रयोग  gu: દાખલ વાપરો  pa: ਦਰਜ  or: ବ୍ୟବହାର  ta: உள்ளிட* பயன்படுத்த*  te: నమోదు* ఉపయోగించ*
        kn: ನಮೂದಿಸ* ಬಳಸಿ*  ml: നൽക* ഉപയോഗിക്ക*  si: ඇතුළත්  lo: ໃສ່ ໃຊ້  km: បញ្ចូល ប្រើ  my: ရိုက်ထည့် အသုံးပြု
        vi: nhập nhap dung  id: pakai masukan ketik  ms: masuk  sw: weka  ha: shigar saka  yo: lo tẹ  ig: tinye
        zu: faka sebenzisa  xh: faka sebenzisa  st: kenya sebedisa  am: ያስገቡ ይጠቀሙ  so: geli gali isticmaal  om: galchi
        rw: koresha injiza  mg: ampidiro ampiasao  ht: antre sevi  no: bruk oppgi tast  fi: anna nappaile
        ar: أدخل اكتب  fa: وارد بزنيد  ur: استعمال لكهيں  ps: وكاروئ
        mt: uza wo: jefandikool
        en: entering typing
        he: הקלד הקלידו להזין ar: اكتبي ادخلي tl: i-type gamit de: eintippen tippen fr: tapez taper composez es:
        teclee teclea escribe escriba escribelo pt: digitar insere it: digitare scrivi nl: typ intypen ro: tastati
        tasteaza el: γραψτε βαλτε uk: наберіть впишіть fa: واردكنيد ur: ڈاليں hi: डालें भरें लिखें mr: टाका bn: দিন
        gu: નાખો લખો pa: ਲਿਖੋ ਪਾਓ ਭਰੋ ta: பதிவிட* te: ఎంటర్ టైప్ kn: ಟೈಪ್ ಎಂಟರ್ ml: ടൈപ്പ് എന്റർ th: พิมพ์ ป้อน vi: gõ
        điền  id: ketikkan isikan ms: taip hi-latn: daalein dalen ja: ご入力 ko: 기입
        pt: introduza introduzir preencha es: introduzcan introducir ingresar ingresa utilizar gl: introduza ht:
        itilize mete ig: jiri sn: shandisa pinza ny: gwiritsani lowetsani tn: dirisa tsenya xh: ngenisa ln: salela it:
        immetti immettere fr: renseignez renseigner indiquez ca: introduiu lb: gitt mt: dahhal is: slaid ga: usaid
        cuir so: adeegso rw: andika mg: soraty asupkeun jv: lebokake gunakake ceb: gamita isulod
        es: poné poner ponlo jv: lebokna ps: دننه hu: üsd en: submit insert fill inputting keyin es: ingreselo introduzcalo teclealo
        escribir capture captura capturalo proporcione proporciona inserta inserte teclear usalo utilice utilicelo pon ponga anota
        indica indique metelo introducelo coloca pt: digitem insiram escreva escrevas preencher informar fr: rentrez rentrer ecrivez
        inserez inserer renseigne tape it: inserite usate scrivere inserisca de: eingibst eintragen einzugeben trage tragen nutze
        einfugen tippe eintippe eingabe tippst nl: invullen vult toets intoetsen typt ingeven tik intikken invoeren vermeld sv: anger
        fyll knappa slå skriva tryck uppge da: angiv taste anvend bruge benyt no: skriver bruke benytt is: settu faerdu skrifadu fi:
        kayttakaa syottakaa syottaa naputtele kirjoittakaa ilmoita tayta et: kasutage kasutades trukkige kirjuta trukk lv: lietojiet
        lieto ierakstiet ieraksti ierakstit lt: naudoti irasykite irasyk suveskit surinkite pl: wpisac przepisz podac uzyc uzywaj wklep
        wklepac wstukaj wstaw cs: zadat vlozte vloz napiste napis vyplnte opiste opis naklepej vepiste vepis uvedte sk: zadaj pouzi
        vpiste vpis hu: ütse usse add beirni beutni beirasa megadni gepelje gepeld pötyögd ro: foloseste scrie scrieti completati
        completeaza utilizeaza ca: escriu escriviu utilitzeu tecleja entreu eu: idatzi teklatu erabil idatz sl: vnesi vtipkaj vtipkajte
        uporabi vpisite vpisi vnos hr: ukucaj ukucajte utipkaj utipkajte iskoristi iskoristite koristi upotrijebi bs: otkucajte sr:
        укуцај откуцајте употребите искористите користи користите уписати
        upotrebite mk: впиши впишете искористи користете употребете напишете bg:
        напиши използвай попълнете вкарай вкарайте ползвай наберете ru:
        ввести вводи впишите вбей вбейте напишите набрать забей вставь
        вставьте используй укажите uk: напишіть уведіть введіт вставте be:
        набярыце напішыце упішыце выкарыстайце выкарыстоўвайце kk: жазыңыз
        теріп қолданыңыз пайдаланыңыз ky: киргиз* териңиз колдонуңуз tg: нависед
        дохил истифода нависонед tt: кертегез кертә языгыз җыегыз кулланыгыз ba:
        индерегеҙ яҙығыҙ ҡулланығыҙ йыйығыҙ mn: оруул* бичнэ бичээрэй ашиглана
        ашиглаарай хийнэ uz: kirit* yozing tering foydalaning киритинг ёзинг теринг ishlating az:
        yazin yazib istifade istifadə yigin tr: gir giriniz* yazin* yaz tuslayin tuslayiniz girerek yazarak kullanarak kullan tk:
        ýazyň ulanyň ug: كىرگۈزۈڭ* يېزىڭ ئىشلىتىڭ* تولدۇرۇڭ sq: shkruaj futeni shtypni shtyp el: γραψε βαλε δωστε
        συμπληρωσ* πατησ* καταχωρ* βαζεις el-latin: eisagete eisage* plhktrolog* pliktrolog* grapse valte
        xrisimopoi* hrisimopoi* grapste balte hy: գրեք օգտագործ* ներմուծ* հավաքեք hy-latin: mutqagr* mutkagr* greq grek ogtagorc* ka:
        შეიყვან* ჩაწერ* გამოიყენ* აკრიფ* შეიტან* მიუთით* ka-latin: sheiqvan* sheikvan* chawer* gamoiqen* akrif* he: הזיני הקלדי להקליד
        להקיש הקישי הכנס הכניסו הכניסי להכניס השתמש השתמשו רשום רשמו כתוב להזנת תקליד תכניס תקלידו ar: اكتبه استعمل* ادخاله استخدام
        باستخدام ضع حط دخل ادرج دون كتابه ar-latin: dakhal dakhel dkhel ektb aktob odkhol udkhul estakhdem ista3mel ostokhdem fa:
        بنويسيد بزن واردنماييد تايپ تايپ* fa-latin: vared vaared estefade bezan bezanid ur: داليں ٹائپ انٹر لكهيے ديجيے ur-latin: darj
        daalain likhein ps: داخل وليكئ ننباسئ sd: لكو ckb: بنووسه بنووسن بهكاربهێنه بهكاربێنن لێده ku: binivîse binivisin bikar
        têkevin bikarbine têxe dv: ޖައްސަވާ* ޖަހާ* ޖައްސަ* ޖެއްސެވު* ބޭނުން* ޓައިޕް* އެންޓަރ* ޖަހަން* އިންޕުޓް* bo: བེད་སྤྱོད*
        *བེད་སྤྱོད ནང་འཇུག* *ནང་འཇུག hi: डालो डालिए भरिए लिखिए टाइप इस्तेमाल एंटर दीजिए इनपुट दबाएं दबाएँ hi-latin: dalein daale daalen
        daalo daaliye bharein likhe likho upyog istemal istamal mr: टाकावा लिहा भरा नमूद टाईप वापरून ne: हाल्नुहोस् हाल्नुस् हाल्नु
        राख्नुहोस् लेख्नुहोस् भर्नुहोस् इन्टर bn: লিখ লেখ লিখে দিয়ে টাইপ প্রবেশ ইনপুট বসান বসিয়ে প্রদান এন্টার লিখো bn-latin: likhun
        byabohar as: লিখক দিয়ক ব্যৱহাৰ প্ৰৱেশ সুমুৱাওক ভৰাওক দিবলৈ gu: ઉપયોગ ભરો ટાઇપ એન્ટર pa: ਵਰਤੋ ਵਰਤੋਂ ਟਾਈਪ ਦਾਖਲ ਐਂਟਰ or: ଲେଖନ୍ତୁ
        ପ୍ରବେଶ ଦିଅନ୍ତୁ ଟାଇପ୍ ଟାଇପ ଭରନ୍ତୁ ଦାଖଲ ta: டைப் தட்டச்சு* இடவும் கொடுக்கவும் எழுத* குறிப்பிட* நிரப்ப* உள்ளீடு* உபயோகி* te:
        ఎంటర్* టైప్* ఉపయోగి* వాడండి రాయండి ఇవ్వండి నింపండి ఇన్పుట్ kn: ನಮೂದಿ* ಟೈಪ್* ಎಂಟರ್* ಹಾಕಿ ಬರೆಯಿರಿ ನೀಡಿ ಭರ್ತಿ ಉಪಯೋಗಿ* ml: ടൈപ്പ്*
        എന്റർ* ഉപയോഗി* രേഖപ്പെടുത്ത* ചേർക്കുക എഴുതുക കൊടുക്കുക si: ඇතුළත්* ඇතුලත්* භාවිත* යොදන්න යොදාගන්න ටයිප් ලියන්න දෙන්න zh: 填入
        填寫 键入 鍵入 录入 回填 輸入此 使用此 填上 ja: 入れて 打ち込 ご記入 記入 お使い ko: 적어 눌러 써주 넣어 입력해 th: ใส่ ระบุ
        lo: ປ້ອນ ພິມ ກະລຸນາໃສ່ km: វាយ វាយបញ្ចូល ប្រើប្រាស់ បំពេញ ដាក់ my: ထည့်သွင်း ထည့်ပါ ရိုက်ပါ ဖြည့် ရိုက်သွင်း ႐ိုက္ထည့္
        ရိုက္ထည့္ အသံုးျပဳ ထည့္ ျဖည့္ vi: sửdụng id: masukin ketikan isi inputkan jv: ketiken lebokno gunakna dienggo tulis isinen su:
        lebetkeun anggo pake eusian tuliskeun tl: ipasok itype pakilagay isulat ienter ceb: ibutang ilo: ikabil usaren isurat sw: jaza
        bonyeza chapa ha: rubuta amfani danna yo: kọ ig: pinye zu: bhala thayipha cindezela xh: chwetheza st: ngola thaepa tobetsa tn:
        kwala tlanya sn: nyora dzvanya taipa ny: lembani lembera ikani dinani rw: shyiramo shyira ln: kotisa bimisa wo: dugal
        jefandikoo bindal ff: naatnu huutoro winndu mg: tsindrio ataovy ampidirina so: qor buuxi gelin om: fayyadam* barreess* galchaa
        galchuu am: አስገባ አስገቡ ይጻፉ ይፃፉ ይሙሉ ተጠቀሙ ይጫኑ በማስገባት ማስገባት ti: ኣእትዉ የእትዉ ኣእቱ ተጠቐሙ ጸሓፉ ምልኡ የእቱ ኣእትው ht: ekri rantre pap: hinka mt:
        użah ikteb dahhlu ittajpja cy: nodwch teipiwch mewnbynnwch defnyddio cofnodwch teipia ga: iontrail cuirigi clóscríobh scriobh
        gd: cleachd sgriobh br: skrivit lakait implijit fo: nytta brukar innsla lb: tippt aginn schreift fy: folje eo: enigu tajpu uzu
        entajpu af: sleutel sm: faaaoga tusi to: fakahu fj: vakayagataka mi: whakauru patohia qu: churay qillqay gn: ehai emoinge
        eipuru hmn: ntaus ru-latin: vvedi vvesti vpishite naberite ispolzuyte ukazhite uk-latin: vvedit vkazhit naberit bg-latin:
        vuvedete vavedete vyvedete vuvedi napishete izpolzvaite polzvaite zh-latin: shuru ko-latin: ipryeok iblyeok ja-latin: nyuryoku
        nyuuryoku ta-latin: ullidavum payanpaduthavum te-latin: namodu km-latin: banhchol
        """,
    VALID: """
        sq: vlen  az: quvvede* qüvvədə*  so: dhacay*  rw: urangira  ha: wa'adi
        en: valid expir* validity expires  es: valid* vigen* caduc* venc*  pt: valido* expira*
        fr: valable* expir*  it: valid* scad*  de: gultig* gilt lauft ablauf*  nl: geldig* verloopt verval*
        sv: giltig* galler går  da: gyldig* udlob* utlop*  is: gildir gilda rennur  fi: voimassa vanhen*
        et: kehtib kehtiv*  lv: deriga* derigs  lt: galioja  pl: wazn* wygas*  cs: platn* plati vyprsi
        sk: platnost  hu: ervenyes* lejar  sl: velja* veljav* potece  hr: vrijedi* vazi istice  sr: важи
        ru: действ* истека* истечет срок  uk: дійсн* діє термін  be: дзейн*  bg: валид* изтича  kk: жарамды*
        ky: жарактуу*  mn: хүчинтэй  tr: gecerli* gecer süre süresi  az: etibarl* keçərlid*  sq: vlefshem* skadon
        el: ισχυ* ληγει  hy: վավեր*  ka: მოქმედებს ვადა  he: תקף בתוקף יפוג  ar: صالح* صلاحي* ينتهي* تنتهي*
        fa: معتبر* اعتبار انقضا  ur: درست ميعاد  hi: मान्य वैध*  bn: বৈধ* মেয়াদ  gu: માન્ય*  pa: ਵੈਧ  or: ବୈଧ
        ta: செல்லுபடி*  te: చెల్లు*  kn: ಮಾನ್ಯ*  ml: സാധു*  zh: 有效 过期 過期 失效  ja: 有効 期限  ko: 유효 이내
        th: หมดอายุ ภายใน  lo: ໝົດອາຍຸ  km: ផុតកំណត់ មានសុពលភាព  my: သက်တမ်း  vi: hiệu lực hieu
        id: berlaku* kadaluarsa kedaluwarsa  ms: sah luput  sw: halali itaisha kwisha  zu: iphelelwa
        af: geldig verval  ro: valabil* expira*  ca: valid* caduca*  am: የሚያገለግለው ያገለግላል  so: shaqeynaya
        en: lasts lapses timeout pt: validade de: gueltig* ablaeuft verfallt verfaellt sv: upphor utgar da: udloeb* galder gaelder no:
        gjelder is: gildistim* fyrnist fi: voimas* umpeutu* et: aegub kehti* aegumi* lv: derig* beidzas lt: galios galioj* baigsis pl:
        traci cs: platnost* vyprs* hu: lejar* eu: baliozko* iraungi* baliogarri* hr: vrijed* istjece sr: важећ* истиче mk:
        важечк* истекува ru: истек* годен uk: спливає чинний закінчується be:
        сапраўдн* kk: мерзімі ky: мөөнөтү tg: эътибор* амал tt: гамәлдә ba: ғәмәлдә uz: amal yaroqli
        amalda az: müddət* muddet* tr: suresi suresince tk: dowamynda hereket möhleti ug: ئىناۋەتلىك sq: vlefsh* skadence el: ληξ*
        el-latin: isxyei ischyei lixi ligei hy: ուժի վաղեմ* hy-latin: vaver* ka: ძალაშია მოქმედ* ძალაში ვადით he: תקפה תקפו פג תוקף
        תוקפו ar: ساري* سارى مدته مدتها ar-latin: sale7 saleh salih fa: منقضي* ur: كارآمد ckb: بهسهر* ku: derbasdar* dv: މުއްދަތު*
        މުއްދަތަކީ hi: मिनटों mr: मुदत मुदतीत ne: बहाल म्याद bn: মেয়াদ* কার্যকর as: ম্যাদ gu: વૈધ pa: ਮਿਆਦ* ਮਾਨਤਾ ta: செல்லும்
        காலாவதி* te: గడువు ml: കാലാവധി* si: වලංගු* කල්ඉකුත් zh: 逾時 逾期无效 时效 時效 ja: 失効 無効 ko: 만료 유효시간 th: มีอายุ
        หมดเวลา ใช้ได้ lo: ໃຊ້ໄດ້ ພາຍໃນ ມີອາຍຸ ໝົດກຳນົດ km: សុពលភាព អស់សុពលភាព មានប្រសិទ្ធភាព ក្នុងរយៈពេល my: အကျုံးဝင် မိနစ်အတွင်း
        သက္တမ္း သက်တမ်းကုန် id: kadaluwarsa jv: lumaku tl: mawawalan mageexpire magexpire ceb: balido sw: itakwisha inaisha ha: ƙare
        zu: siphelelwa liphelelwa usebenza isebenza so: shaqayn* dhacaya shaqeyn* am: የሚያገለግል* ያበቃል ti: ዘገልግል ዝሰርሕ ይውዳእ mg: manankery
        rw: kirangira rirangira rumara ht: ekspire valab mt: jiskadi cy: dilys ddilys ga: bailí bailíocht fo: galdandi lb: gelteg*
        gulteg* eo: validas af: verstryk ru-latin: deystvuet deystvitelen istek* deistvitelen uk-latin: diysnyi hi-latin: maanya
        """,
    SECRET: """
        pl: podawaj*  cs: sdeluj*  sq: ndajeni  et: avaldage  az: verməyin* bildirməyin*  ar-latin: matsharek*
        ru-latin: soobschayte soobschaite soobschajte soobshayte soobshaite soobshchayte soobshchaite
        zu: ungayitsheli  rw: ntuyihe
        hu: soha ro: nimanui comunicati dezvaluiti uz: ramaydi ramaymiz bn: কাউকে
        never nunca jamais niemals никогда asla kabhi कभी
        en: share sharing disclose reveal anyone nobody confidential secret give
        es: comparta* compartas comparte nadie revele divulgue  pt: compartilhe* partilhe* ninguem divulgue
        fr: partagez* communiquez* personne divulguez  it: condivider* condividere nessuno comunicar*
        de: weiter* niemand* teilen vertraulich geheim  nl: deel delen niemand  sv: dela ingen  da: nogen noen
        fi: jaa kenellekaan  et: jaga kellegagi  lv: neizpaud* nevienam  lt: nesidalin* niekam
        pl: udostepni* nikomu  cs: nesdel* nikomu  hu: ossza senkin* senkivel  hr: dijelite nikome
        ru: сообщ* никому передавайте говорите nikomu  uk: повідомляйте нікому передавайте
        bg: споделяй* никого никому  tr: paylasma* kimse*  az: paylaşma* heç  sq: ndani askujt
        el: κοινοποι* μοιραστ* κανεναν  he: תשתף תשתפו אחד  ar: تشارك* مشارك* احد تفصح  fa: ندهيد قرار هيچ
        ur: شيئر مت  hi: साझा शेयर किसी  bn: শেয়ার কাউকে  gu: શેર  pa: ਸਾਂਝਾ  ta: பகிர*  te: పంచుకో* share
        kn: ಹಂಚಿ* ml: പങ്കിട* zh: 泄露 洩漏 告知他人 勿告 转发 透露 ja: 教えない 共有しない 他人 ko: 타인
            알려주지
        th: ห้ามบอก อย่าบอก ห้ามเปิดเผย  vi: tiết chia  id: bagikan* jangan rahasia*  ms: kongsi jangan
        tl: ibahagi ibigay  sw: usimpe usishiriki  ro: dezvaluiti nimeni divulga*  ca: comparteixis ningu revelis
        gl: compartas ninguen  eu: partekatu inori  is: deildu neinum  no: noen oppgi  lv: neizpaud* nevienam
        lt: niekam neatskleis*  sk: nikomu nezdielaj*  sl: nikomur delite posredujte  hr: nemojte nikome  bs: nikome
        sr: никоме делити nikome  mk: никому споделув*  bg: никому споделяйте  be: никому паведамл*
        kk: ешкімге айтпаңыз  ky: эчкимге бербеңиз айтпаңыз  tg: касе нагӯед  mn: хэнд хуваалц*  uz: hech aytmang bermang
        az: heckim vermeyin* paylasmayin*  sq: askujt askend  hy: ոչ մեկին հայտնեք  ka: არავის გაუზიარ* უთხრათ
        mr: कोणालाही सांगू  ne: कसैलाई नदिनु*  gu: કોઈને  pa: ਕਿਸੇ  or: କାହାକୁ  ta: யாரிடமும் யாருக்கும்  te: ఎవరికీ ఎవరితో*
        kn: ಯಾರಿಗೂ ಯಾರೊಂದಿಗೂ  ml: ആരോടും ആരുമായും പങ്കു*  si: කිසිවෙකු* කාටවත්  my: မည်သူ့ကိုမျှ  km: កុំចែករំលែក កុំប្រាប់
        lo: ຫ້າມບອກ ຢ່າບອກ  am: ለማንም አያጋሩ  so: wadaagin cidna  om: hin-qoodin  ha: kowa  yo: ẹnikẹni  ig: onye-ọ-bụla
        zu: muntu ungabelani  rw: ntukagire  mg: zaraina  ht: pesonn  hi: बताएं बताये  hi-latn: batayen bataye
        ru: мошенник* мошенники никто посторонн*  uk: шахра* сторонн*  en: private safe
        mt: taqsmux uk: кажіть розголош* ru: разглашайте скажите el: δινετε δωσετε ko: 유출 요구하지 zh: 切勿 请勿 請勿 勿 泄漏 ja:
        教えないで 聞かない th: ห้าม
        zh-tw: 勿將 外洩 ru-latin: soobshchayte govorite ny: musauze
        en: disclosing divulge confidentially scammers es: compartir compartirlo divulgues reveles confidencial secreto pt: compartilh*
        repasse segredo fr: communiquer partager divulguer confidentiel* it: rivelar* riservat* segreto condivid* de: geheim* mitteilen
        verrat* nl: nooit vertrouwelijk sv: hemlig* avsloja da: hemmelig* fortrolig* is: leynd* engum trunad* fi: salai* salassa
        luovuta alä et: salaja salajane avalda kellelegi jagage lv: slepen* neatklaj* nesniedz* konfidenc* lt: slapt* nesakyk*
        neperduo* pl: udostepn* poufn* tajny tajne ujawnia* przekazuj* zdradza* cs: neposkyt* duvern* neprozraz* nepredav* sk: dovern*
        neprezradz* neoznamuj* hu: bizalmas titkos titok titokban megosztani ro: nimanui confidential* dezvalui* ca: compartiu
        comparteix gl: compartilo eu: inorekin isilpean partekat* sl: nikoli zaupn* razkri* tajno hr: povjerljiv* otkriva* tajn* bs:
        nikom sr: поверљив* тајн* никад mk: доверлив* bg: поверител* разкрива* тайн*
        споделя* ru: секрет* конфиденц* разглаш* показывайте uk: конфіденц* нікомy
        be: сакрэт* перадавайце kk: ешкім құпиялы бөліспеңіз бермеңіз ky: бербе* сыр tg:
        ҳеҷ надиҳед касро махфӣ tt: беркемгә әйтмәгез бирмәгез ba: берәүгә әйтмәгеҙ mn:
        хэнтэй дамжуул* бусдад uz: hechkimga maxfiy махфий ҳеч бермang ulashmang берманг
        айтманг oshkor az: demeyin məxfi* mexfi gizli gizlin tr: gizlilik soylemeyin tk: hiç aýtmaň bermäň ug: ھېچكىمگە بەرمەڭ
        دېمەڭ sq: sekret tregoni el: κανενα μοιραζ* αποκαλυ* εμπιστευτικ* μυστικ* ποτε
        el-latin: kanenan moiraz* koinopoi* hy: ոչմեկին գաղտնի ka: არავისთან კონფიდენც* გაანდოთ გადასცეთ ka-latin: aravis he: לאף תשתפ*
        תמסור תמסרו לשתף תעבירו סוד חסוי לגלות תגלה ar: لاحد تعطه تخبر افصاح تطلع خصوصي* ar-latin: tshark tesharek tsharek 7ada7ad fa:
        نگذاريد هيچكس افشا محرمانه نگوييد ديگران كسي ur: بتائيں خفيه رازدار* ps: هيچا شريك هيچاسره محرم ckb: كهس مهده نهدهيت sd: ڪنهن
        ku: kesekî parva dv: ހިއްސާ* ޙިއްޞާ* އެކަކަށްވެސް އެކަކާވެސް ނުދައްކަވާ* ނުދެއްވާ* އެހެން bo: མ་སྟོན* གཞན་ལ* གསང་བ* མ་ཤོད* hi:
        गोपनीय बताएँ बताए बतायें किसीको hi-latin: kisi kisiko batana batae gupniya mr: कोणासोबत* कोणासही शेअर गोपनीय देऊ कुणाला* ne:
        कसैसँग नभन्नु* नबताउ* साझा* नदेखाउ* bn: কারো গোপনীয় বলবেন দেবেন as: কাকো কাৰো নিদিব নকব জনাব শ্বেয়াৰ গোপন gu: કોઈની જણાવશો
        આપશો ગોપનીય pa: ਸ਼ੇਅਰ ਦੱਸੋ or: କାହା କାହାରି ସେୟାର ଗୋପନୀୟ ta: யாருடனும் எவருடனும் எவரிடமும் ரகசியமாக te: షేర్ చెప్పకండి గోప్య*
        చెప్పవద్దు kn: ಯಾರಿಗು ಶೇರ್ ಹೇಳಬೇಡಿ ಗೌಪ್ಯ* ml: ആർക്കും ഷെയർ വെളിപ്പെടുത്ത* പറയരുത് si: කිසිවෙ* බෙදා* හෙළි* කිසිවකුට රහසිගත* zh:
        勿向 勿告诉 勿告訴 勿将 勿洩 勿泄 保密 任何人 轉發 外泄 ja: 他人に 第三者 お教え 漏ら 伝えない 知らせない 秘密 ko: 절대
        공유하지 누구에게도 제3자 말하지 th: อย่าให้ใคร ห้ามให้ ห้ามส่งต่อ อย่าเปิดเผย อย่าแชร์ ห้ามแชร์ ไม่เปิดเผย ความลับ ผู้อื่น
        มิจฉาชีพ อย่าส่งต่อ อย่าบอกใคร lo: ຢ່າແບ່ງປັນ ຫ້າມແບ່ງປັນ ຢ່າເປີດເຜີຍ ຢ່າໃຫ້ ຫ້າມໃຫ້ ຜູ້ອື່ນ ຄວາມລັບ ຢ່າສົ່ງ ຫ້າມເປີດເຜີຍ ຢ່າແຊ
        km: កុំឱ្យ កុំអោយ កុំឲ្យ កុំបង្ហាញ កុំផ្ញើ កុំចែក អ្នកណា អ្នកដទៃ នរណា កុំផ្តល់ my: မည်သူ့ကိုမှ ဘယ်သူ့ကိုမှ ဘယ်သူ့ကိုမျှ မမျှဝေ
        မပြော မျှဝေ မပေးပါ မည္သူ႔ကိုမွ် ဘယ္သူ႔ကိုမွ မေျပာ မမွ်ေဝ id: siapapun siapa kerahasiaan sebarkan diberitahu* ms: kongsi*
        rahsia* sesiapa dedah* jv: dudohake su: ulah bejakeun bagikeun tl: huwag sabihin ipagsabi ipaalam kanino kaninuman ceb: ayaw
        ipakigbahin ihatag sw: usimwambie usiambie usitoe mtu usishirikishe usiwape ha: raba bayyana ig: onye ekwela egosila nyefe
        kekọrịta gwakwala ekekorita zu: ungatsheli ungabelane ungayinikezi ungatshel* ungabel* xh: mntu sukwabelana sukuxel* st: motho
        abele abelane seke tn: abelana sn: munhu musape musaudze usape usaudze ny: munthu aliyense musagawane rw: ntuwuhe ntukayihe
        ntugasangize ntukabihe wundi ln: kopesa kabola mg: hafa olona zarainao so: qofna siin qof om: kenninaa hinkenninaa qoodin am:
        አያካፍሉ ለሌላ እንዳይሰጡ ti: ንዝኾነ ኣይትሃቡ ኣይተካፍሉ ንማንም ht: pataje pap: niun kompartí mt: taqsamx hadd tghid cy: neb rannu rhannu peidiwch
        rhannwch cyfrinachol ga: roinn duine rún is: deila fo: ongum lb: deelt kengem niemol eo: neniu neniam sm: fa'asoa faasoa
        ru-latin: peredavayte soobshaite nikomy uk-latin: povidomlyayte bg-latin: spodelyaite nikogo
        """,
    WITH: """
        with using by con com avec mit met med con s z ile με с за допомогою
        de: mittels ru: используя через tr: kullanarak hu: segitsegevel
        """,
    NEUTRAL: """
        lv: registrets registreta  sq: regjistrua
        en: confirmed registered verified activated secured authorised authorized confirmado confirmada confirmados
            verificado verificada registrado registrada verificato confermato confermata bestatigt bestaetigt
            registriert bevestigd bekraftad bekraeftet vahvistettu подтвержден подтверждена potwierdzone
            potwierdzona zarejestrowano potvrzena potvrdena onaylandi signed logged deliveroo doordash postbank
            postnord packeta offerup freecharge
        plural: codes passwords pins otps  codigos claves senhas codici kody hesla kodovi koder kodlar коды
        коди кодове паролі пароли кодови رموز كدها קודים koodit koodid kodai kodi-uri coduri codurile kodeja κωδικοι
        κωδικους
        it: confermati confermate registrato registrata autorizzata autorizzato pt: registado registada autorizada autorizado
        confirmadas te: నిర్ధారించబడ* ధృవీకరించబడ* ధ్రువీకరించబడ* నమోదైంది kn: ದೃಢೀಕರಿಸಲಾ* ದೃಢಪಡಿಸಲಾ* ದೃಢೀಕರಿಸಲ್ಪಟ್ಟ* ಖಚಿತಪಡಿಸಲಾ*
        ನೋಂದಣಿಯಾಗಿದೆ ml: സ്ഥിരീകരിച്ചു സ്ഥിരീകരിക്കപ്പെട്ടു പരിശോധിച്ചു ta: உறுதிசெய்யப்பட்ட* உறுதிப்படுத்தப்பட்ட* சரிபார்க்கப்பட்ட*
        eu: baieztatu baieztatuta erregistratu erregistratuta egiaztatuta so: xaqiijiyay xaqiijiyey diiwaangashan ga: deimhnithe
        cláraithe dv: ކަށަވަރުކޮށްފި* ކަށަވަރުކޮށްފައި* ޔަޤީންކޮށްފި* ckb: پشتڕاستكرايهوه پشتڕاستكراوهتهوه پهسهندكرا دڵنياكرايهوه ka:
        დადასტურებულია დადასტურდა დარეგისტრირებულია დარეგისტრირდა hy: հաստատված հաստատվել հաստատվեց գրանցված գրանցվել uz: tasdiqlandi
        tasdiqlangan тасдиқланди kk: расталды расталған тіркелді ky: ырасталды
        тастыкталды катталды az: tesdiqlendi təsdiqləndi təsdiqlənib təsdiqlənmişdir tk: tassyklandy mn:
        баталгаажлаа баталгаажсан бүртгэгдлээ tg: тасдиқшуд tt: расланды bg:
        потвърдена потвърден потвърдено регистрирана регистриран sr:
        потврђена потврђен потврђено mk: потврдена потврден потврдено uk:
        підтверджено підтверджена підтверджений зареєстровано зареєстрована
        ru: подтверждено подтвержденный зарегистрирован зарегистрирована
        зарегистрировано авторизован be: пацверджана пацверджаны
        зарэгістравана cs: potvrzeno potvrzen registrovana zaregistrovana sk: potvrdeny potvrdeno potvrdene hr: potvrdjena
        potvrden sl: potrjen potrjena potrjeno lt: patvirtintas patvirtinta lv: apstiprinats apstiprinata et: kinnitatud registreeritud
        hu: megerositettuk megerositve visszaigazolva ro: confirmata inregistrata confirmat sv: bekraftat registrerad da: registreret
        no: bekreftet registrert is: stadfest stadfestur el: επιβεβαιωθηκε επιβεβαιωμεν* εγκριθηκε
        fa: تاييدشد sw: imethibitishwa umethibitishwa yamethibitishwa zu: iqinisekisiwe rw: bwemejwe yemejwe mg: voamarina sq:
        konfirmua konfirmuar mt: ikkonfermata ikkonfermat id: dikonfirmasi terdaftar terkonfirmasi ms: disahkan didaftarkan tl:
        kumpirmado mr: नोंदवली नोंदवण्यात ca: confirmada registrada gl: rexistrada
        """,
    CODE | RECEIPT: """
        zh: 授權碼 授權代碼
        """,
    COPULA: """
         la is are es é e est ist lautet är er on ir yra jest je jesu glasi az este это eshte ειναι הוא هو است
            ہے है হল
            হলো আছে છે ਹੈ ଅଟେ ஆகும் ఉంది ಆಗಿದೆ ആണ് ආකාරයයි 为 是 為 は 는 은 คือ ແມ່ນ គឺ မှာ là adalah ialah ay
            ni ngu waa
            ነው dha dia se huwa yw არის է dir dır eto
        ln: ezali wo: mooy ny: ndi sn: ndeye tn:  rw: ceb: kay lb: ass eu:
        es: son sera pt: sao fr: sont voici voila it: sono ecco eccolo sara de: lauten hier nl: zijn luidt sv: lyder da: hedder no:
        heter fi: ovat et: ongi lv: irir pl: brzmi cs: zni sk: znie eu: hau dira sr: гласи је mk: е be: ёсць uk: це є kk:
        бұл mn: бол нь юм tr: budur he: היא זה הינו הנו ar: هي fa: ميباشد ميباشند ps: دي ckb: بريتيه ug: بولسا hi: हैं
        hi-latin: hai mr: आहे आहेत ne: हो छ bn: হচ্ছে as: হ'ল হৈছে or: ହେଉଛି ହେଲା te: అవుతుంది kn: ಇದೆ ml: ആകുന്നു si: වේ වෙයි වන්නේ
        th: เป็น lo: ຄື km: គឺជា my: ဖြစ်သည် ဖြစ်ပါသည် ျဖစ္သည္ id: yaitu jv: yaiku iku inggih su: nyaeta ceb: mao ilo: isu ha: shine
        ig: bụ zu: ithi ti: እዩ እዩ። mt: hu hija cy: ydy eo: estas qu: kanmi gn: ha'e hmn: yog bo: ཡིན dv: އަކީ tt: ул
        """,
    NEW: """
        en: new latest  es: nuevo nueva  pt: novo nova  fr: nouveau nouvelle  it: nuovo nuova
        de: neuer neue neues  nl: nieuwe  sv: ny nya  fi: uusi  pl: nowy nowe  cs: novy nove  hu: uj
        ru: новый новая новое  uk: новий  bg: нов  tr: yeni  el: νεος νεο  he: חדש  ar: جديد*  fa: جديد  hi: नया
        zh: 新的  ja: 新しい  ko: 새로운  id: baru  vi: mới
        """,
}
