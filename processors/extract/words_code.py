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
            检验码 识别码 授權碼 验证代码 驗證代碼 認證代碼 确认代码 交易碼
        ja: 認証コード 確認コード 認証番号 ワンタイム 検証コード 確認番号 セキュリティコード 認証キー
            パスコード 認証用コード 確認用コード ログインコード
        ko: 인증번호 인증코드 확인코드 인증번호 보안코드 일회용 로그인코드 확인번호 인증키 th: โอทีพี
            รหัสยืนยัน รหัสยืนยันตัวตน รหัสลับ
        ja: セキュリティ番号 ワンタイムパス 確認キー zh: 簡訊密碼 随机密码 登錄碼
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
        ja: コード パスワード 暗証番号 キー番号 ko: 코드 비밀번호 암호 번호 핀번호 th: รหัส รหัสผ่าน พิน lo:
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
        ps: کوډ* پاسورډ* رمز*  ckb: کۆد* پاسوۆرد*  ug: كود* نومۇر*  ne: सङ्केत* संकेत*  as: কোড* ক’ড*  si: අංකය කේතාංක*
        my: ကုတ်နံပါတ်  km: លេខកូដ  lo: ລະຫັດ  ti: ኮድ* ኮድኩም  am: ኮድ* ቁጥር  sw: namba nambari  ha: lamba* lambar*
        yo: nomba  ig: nomba koodu  zu: inombolo*  xh: inombolo*  st: nomoro  tn: khoutu  sn: kodhi  rw: umubare kode
        so: koodka koodhka koodkaaga koodhkaaga lambarka nambarka  om: koodiin koodiin* lakkoofs*  mg: kaody laharana
        eu: kodea  ga: cod  gd: coda  lb: code  fo: kota  eo: kodo  jv: kode  su: kode  ceb: kodigo  ilo: kodigo
        ur: پن el-latin: kwdik* ko-latin: beonho ln: wo:
        ny: yachinsinsi nambala ru-latin: parol el-latin: kwdikos hi-latin: kood
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
        """,
    AUTH: """
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
        be: праверк* рэгістрац* аўтэнт*  kk: кіру* тіркелу* верифик* бір  ky: кирүү* тастыктоо* катто*
        tg: воридшав* бақайдгир* верифик*  mn: баталгаа* нэвтрэлт* нэг удаагийн  uz: ro'yxat* kirish* faollash* bir
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
        """,
    USE: """
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
        cuir so: adeegso rw: andika mg: soraty yo: te su: asupkeun jv: lebokake gunakake ceb: gamita isulod
        """,
    VALID: """
        en: valid expir* validity expires  es: valid* vigen* caduc* venc*  pt: valido* expira*
        fr: valable* expir*  it: valid* scad*  de: gultig* gilt lauft ablauf*  nl: geldig* verloopt verval*
        sv: giltig* galler gar  da: gyldig* udlob* utlop*  is: gildir gilda rennur  fi: voimassa vanhen*
        et: kehtib kehtiv*  lv: deriga* derigs  lt: galioja  pl: wazn* wygas*  cs: platn* plati vyprsi
        sk: platnost  hu: ervenyes* lejar  sl: velja* veljav* potece  hr: vrijedi* vazi istice  sr: важи
        ru: действ* истека* истечет срок  uk: дійсн* діє термін  be: дзейн*  bg: валид* изтича  kk: жарамды*
        ky: жарактуу*  mn: хүчинтэй  tr: gecerli* gecer sure  az: etibarl* keçərlid*  sq: vlefshem* skadon
        el: ισχυ* ληγει  hy: վավեր*  ka: მოქმედებს ვადა  he: תקף בתוקף יפוג  ar: صالح* صلاحي* ينتهي* تنتهي*
        fa: معتبر* اعتبار انقضا  ur: درست ميعاد  hi: मान्य वैध*  bn: বৈধ* মেয়াদ  gu: માન્ય*  pa: ਵੈਧ  or: ବୈଧ
        ta: செல்லுபடி*  te: చెల్లు*  kn: ಮಾನ್ಯ*  ml: സാധു*  zh: 有效 过期 過期 失效  ja: 有効 期限  ko: 유효 이내
        th: หมดอายุ ภายใน  lo: ໝົດອາຍຸ  km: ផុតកំណត់ មានសុពលភាព  my: သက်တမ်း  vi: hiệu lực hieu
        id: berlaku* kadaluarsa kedaluwarsa  ms: sah luput  sw: halali itaisha kwisha  zu: iphelelwa
        af: geldig verval  ro: valabil* expira*  ca: valid* caduca*  am: የሚያገለግለው ያገለግላል  so: shaqeynaya
        """,
    SECRET: """
        never nunca jamais niemals nie никогда asla kabhi कभी
        en: share sharing disclose reveal anyone nobody confidential secret give
        es: comparta* compartas comparte nadie revele divulgue  pt: compartilhe* partilhe* ninguem divulgue
        fr: partagez* communiquez* personne divulguez  it: condivider* condividere nessuno comunicar*
        de: weiter* niemand* teilen vertraulich geheim  nl: deel delen niemand  sv: dela ingen  da: del nogen noen
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
        """,
    WITH: """
        with using by con com avec mit met med con s z ile με с за допомогою
        """,
    NEUTRAL: """
        en: confirmed registered verified activated secured authorised authorized confirmado confirmada confirmados
            verificado verificada registrado registrada verificato confermato confermata bestatigt bestaetigt
            registriert bevestigd bekraftad bekraeftet vahvistettu подтвержден подтверждена potwierdzone
            potwierdzona zarejestrowano potvrzena potvrdena onaylandi signed logged deliveroo doordash postbank
            postnord packeta offerup freecharge
        plural: codes passwords pins otps  codigos claves senhas codici kody hesla kodovi koder kodlar коды
        коди кодове паролі пароли кодови رموز كدها קודים koodit koodid kodai kodi-uri coduri codurile kodeja κωδικοι
        κωδικους
        """,
    COPULA: """
         la is are es é e est ist lautet är er on ir yra jest je jesu glasi az este это eshte ειναι הוא هو است
            ہے है হল
            হলো আছে છે ਹੈ ଅଟେ ஆகும் ఉంది ಆಗಿದೆ ആണ് ආකාරයයි 为 是 為 は 는 은 คือ ແມ່ນ គឺ မှာ là adalah ialah ay
            ni ngu waa
            ነው dha dia se huwa yw არის է dir dır eto
        ln: ezali wo: mooy ny: ndi sn: ndeye tn:  rw: ceb: kay lb: ass eu:
        """,
    NEW: """
        en: new latest  es: nuevo nueva  pt: novo nova  fr: nouveau nouvelle  it: nuovo nuova
        de: neuer neue neues  nl: nieuwe  sv: ny nya  fi: uusi  pl: nowy nowe  cs: novy nove  hu: uj
        ru: новый новая новое  uk: новий  bg: нов  tr: yeni  el: νεος νεο  he: חדש  ar: جديد*  fa: جديد  hi: नया
        zh: 新的  ja: 新しい  ko: 새로운  id: baru  vi: mới
        """,
}
