"""Words that make another kind of code, by language: a promotion's, a parcel's, a thing's; written as in `words_code`."""

from typing import Final

from processors.extract import signals

STEMS: Final[dict[int, str]] = {
    signals.PROMO: """
        en: discount* promo promos promotion* coupon* voucher* sale sales deal deals cashback bonus
            offer offers save gift giftcard flat referral refer freebet
        es: descuento* cupon* oferta* promocion* rebaja* regalo gratis vale  pt: desconto* cupom cupao promoc*
        fr: remise* reduction* bon soldes cadeau parrainage coupon* offre  it: sconto* buono coupon offerta
        de: rabatt* gutschein* aktion angebot* prozent sparen
        nl: korting* kortingscode kortingsbon cadeaubon actie  sv: rabatt* erbjudande* presentkort
        da: rabat* tilbud gavekort  fi: alennus* tarjous* lahjakortti  et: soodus* kinkekaart  lv: atlaid* kupon*
        lt: nuolaid* kupon*  pl: rabat* znizk* promocj* kupon*  cs: slev* kupon* poukaz*  sk: zlav*
        hu: kedvezmeny* kupon* akcio*  sl: popust* kupon*  hr: popust* kupon*  sr: попуст*
        bg: отстъпк* промо* купон*  ru: скидк* промокод* промо* купон* акци* бонус* распродаж* подарок
        uk: знижк* промокод* промо* купон* акці*  kk: жеңілдік*  uz: chegirma* promokod*
        tr: indirim* kupon* kampanya* hediye ceki  az: endirim*  el: εκπτωσ* κουπον* προσφορ*
        he: הנחה* קופון* מבצע* שובר  ar: خصم* كوبون* عرض عروض قسيم* تخفيض*  fa: تخفيف* كوپن* جشنواره
        ur: رعايت* ڈسكاونٹ*  hi: छूट* डिस्काउंट* कूपन* ऑफर*  bn: ছাড়* কুপন* অফার*  gu: ડિસ્કાઉન્ટ*  ta: தள்ளுபடி*
        te: తగ్గింపు* kn: ರಿಯಾಯಿತಿ* ml: കിഴിവ്* zh: 优惠 優惠 折扣 优惠券 满减 促销 红包 ja: クーポン 割引
            セール 特典 キャンペーン
        ko: 할인 쿠폰 이벤트 혜택  th: ส่วนลด คูปอง โปรโมชั่น โค้ดส่วนลด  lo: ສ່ວນຫຼຸດ  km: បញ្ចុះតម្លៃ
        my: လျှော့စျေး လျှော့ဈေး  vi: giảm khuyến mãi ưu voucher  id: diskon* kupon* potongan  ms: diskaun* baucar
        tl: diskwento  sw: punguzo ofa  am: ቅናሽ  ro: reducer* cupon* *voucher *coupon  en:  freebie freebies
        clearance raffle loyalty rewards perk perks giveaway  ca: descompte* oferta* cupo  gl: desconto* oferta*
        eu: deskontu* eskaintza*  is: afslatt* tilbod*  no: rabatt* tilbud* gavekort  et: allahindlus* kupong*
        mk: попуст* купон*  be: скідк* зніжк* промакод*  ky: арзандат*  tg: тахфиф*  mn: хямдрал* урамшуул*
        tk: arzanladys*  sq: ulje* zbritje* kupon*  hy: զեղչ* կուպոն*  ka: ფასდაკლებ* კუპონ*  mr: सवलत* ऑफर*
        ne: छुट*  pa: ਛੋਟ* ਛੂਟ*  or: ରିହାତି*  si: වට්ටම්*  zh: 团购 券码 代金券 卡券 兑换 拼团  zh-tw: 折價券 優惠碼
        ha: rangwame  yo: eni  zu: isaphulelo*  so: qiimo-dhimis*  mt: skont*  cy: gostyngiad
        en: earn presale  freeshipping markdown blackfriday cybermonday  jackpots wager odds spins
          es: gana gane ganas canjea canjear canje aprovecha* cupones llevate sorprendete envio-gratis pt:
        ganhe ganha ganhou aproveita* resgate resgatar brinde frete liquidacao fr: gagnez profitez offert offerte
        cagnotte it: vinci approfitta* omaggio risparmia de: sichern sichere geschenk* sparcode pramie nl: bespaar sv:
        erbjudande  spara da: spar no: spar fi: ilmainen saastat  pl: zgarn* taniej prezent* wyprzedaz* cs:
        zdarma darek vyprodej akce sk: zadarmo darcek akcia hu: ingyen* ajandek* akcios ro: gratuit castig* cadou
        oferta hr: besplatno poklon akcija sr: бесплатно поклон акција bg: безплатн* подарък оферта ru: бесплатн*
        кешбэк кэшбэк выгод* дарим uk: безкоштовн* подарун* кешбек tr: firsat* bedava kazan* sepette el: δωρο δωρεαν
        he: מתנה חינם ar: وفر مجانا هديه عروضنا fa: هديه رايگان جايزه hi: मुफ्त ऑफ़र* bn: ফ্রি বোনাস* vi: tặng giam
        khuyen miễn id: gratis* hemat ms: percuma jimat th: ฟรี แจก zh: 领券 免费 返现 特惠 秒杀 立减 领红包 預售 回饋 抵用 ja: 無料
        ポイントプレゼント お得 ko: 무료 특가 적립 사은품
        en:  bogo zh-tw: 折扣碼 特價 限時 免運 現折 抵用券 點數 會員日 ru-latin: skidka skidki promokod akciya podarok el-latin:
        ekptosi prosfora kouponi hi-latin: muft chhoot dhamaka ar-latin: khasm 3ard sr-latin: popust bg-latin:
        otstapka
        """,
    signals.PICKUP: """
        en: parcel* package* pickup pick-up locker* courier* collect collection deliver delivers delivered
            delivering delivery deliveries tracking shipped
            dispatched driver rider
        es: paquete* entrega* recogida recoger rastreo seguimiento repartidor
        pt: entrega* rastreio levantamento retirada encomend*  fr: colis livraison* retrait livreur relais suivi
        it: pacco consegna ritiro spedizion* corriere
        de: paket* abhol* sendung* zustell* lieferung packstation liefer*  nl: pakket* bezorg* afhaal* ophaal*
        sv: paket* hamta avi hamtkod* utlamning* leverans*  da: pakke* afhent* hentekode levering
        no: hent hentekode utlever*  fi: paketti* nouto* lahetys*  et: pakk pakiautomaa* saadetis*
        lv: sutijum* pakomat*  lt: siunt* pastomat*  pl: paczk* odbior* paczkomat* kurier* przesylk*
        cs: zasilk* vydej* balik* vyzvednut*  sk: zasielk*  hu: csomag* atvetel* futar*  sl: paket* prevzem*
        hr: paket* preuzim* dostav*  sr: пакет* преузим*  bg: пратк* доставк* получаван*
        ru: посылк* получен* постамат* доставк* курьер* отправлен* пункт выдач* трек*
        uk: посилк* отриман* поштомат* доставк* кур'єр* видач*  kk: сәлемдеме* жеткізу*
        tr: kargo* teslim* paket* gonderi* kurye*  az: baglama* bağlama*  el: δεμα* παραλαβ* αποστολ* κουριερ
        he: חבילה* משלוח* איסוף שליח  ar: شحن* طرد* توصيل* استلام مندوب  fa: مرسوله* بسته تحويل* پيك  ur: پارسل
        hi: पार्सल* डिलीवरी* डिलिवरी* bn: পার্সেল* ডেলিভারি* zh: 取件 快递 快遞 包裹 取货 菜鸟 驿站 丰巢 外卖
            提货 自提 取餐码 取件码
        ja: 荷物 お届け 配達 宅配 受取 受け取り 配送 ko: 택배 배송 픽업 보관함 수령 th: พัสดุ จัดส่ง ส่งของ
            รับสินค้า lo: ພັດສະດຸ
        km: កញ្ចប់  my: ပါဆယ်  vi: hàng kiện giao vận bưu  id: paket* kurir* pengirim* pengambilan
        ms: bungkusan penghantar*  tl: padala  sw: mzigo  ro: colet* curier* livrar* ridicar* easybox deschidere
        ca: paquet* recollida lliurament  gl: paquete entrega recollida  eu: pakete* bilketa
        is: pakk* afhending* sending* posthus*  et: uksekood* kapikood* kattesaam*  lv: pakomat* durvju sanemsan*
        lt: pastomat* atsiem* kurjer*  sl: paketnik* prevzem* posiljk*  hr: paketomat* posiljk* podizanj* dostav*
        sr: пошиљк* преузимањ* достав* курир* posiljk* preuzimanj*  mk: пратк* пакет* подигањ* достав*
        bg: пратк* куриер* автомат* еконт спиди  be: пасылк* пастамат* атрыман* дастаўк*  uk: кур'єр* поштомат*
        kk: жеткіз* курьер* пошта  ky: жеткир* курьер*  uz: yetkaz* kuryer posilka*  mn: хүргэлт* илгээмж*
        az: cixaris catdirilm* kuryer*  tr: teslimat* dagitim*  sq: pako* pakos dergesa terheqje
        hy: առաք* ծանրոց*  ka: ამანათ* მიწოდებ* კურიერ*  el: courier*   he: דואר לוקר* שליח* חבילות
        ar: شحنت* طرود مندوب* تسليم* توصيل* بريد ارامكس  fa: پست پيك* مرسول*  ur: ڈيليوري* پارسل*
        bn: ডেলিভারি* কুরিয়ার*  mr: पार्सल* डिलिव्हरी*  gu: ડિલિવરી* પાર્સલ*  ta: டெலிவரி* பார்சல்*
        te: డెలివరీ* పార్సెల్*  kn: ಡೆಲಿವರಿ* ಪಾರ್ಸೆಲ್*  ml: ഡെലിവറി* പാഴ്സൽ*  hu: automat* nyitokod* csomagautomat*
        da: afhentning* afhentningskode* pakkeboks  sv: paketbox ombud upphamtning*  no: pakkeboks henting* utlevering*
        fi: noudett* noutokoodi* lokero* lokerokoodi* postiautomaatti  nl: afhaalcode* pakketautomaat pakketpunt
        de: packstation* paketshop* abholung* abholbereit  fr: consigne pickup  it: locker ritirare  es: taquilla
        cs: vyzvednuti   sk: zasielkovn* vyzdvihnut*  pl: skrytk* odebra*  th: ตู้ล็อกเกอร์ ไรเดอร์  vi: shipper bưu
        zh: 柜机 智能柜 快递柜 取件  ko: 배달 무인택배함  am: ጥቅል  sw: kifurushi
        en: pick ready shelf counter doorstep mailbox mailroom smartbox es:   casillero mostrador ventanilla
        mensajero  retira retirar retire pasa pasar pt: pronto pronta retirar retire levantar balcao cacifo
        correios entregador motoboy it: pronto pronta ritira fermopoint sportello armadietto fr: pret prete retirer
        retirez guichet casier de: bereit abholnummer schliessfach abholen filiale nl: klaar ophalen kluis afhalen
        balie sv: klar klart skap utlamnas ombudet da: klar klart udlevering skab no: klar klart fi: valmis
        noudettavissa saapunut automaatista pl: gotowe gotowa gotowy punkcie punkt kasie sklepie skrytki dostaw*
        odebrac cs: pripraven* vydejni boxu zboxu prodejne sk: pripraven* vydajni boxe hu: atveheto* megerkezett
        csomagod szekreny kezbesit* ro: gata coletul ghiseu hr: spremn* ormaric* sl: pripravljen* sr: преузмите
        пакетомат* spremn* bg: готова готов офис ru: готов готова готово выдаче забрать заберите почтомат* ячейк* пвз
        uk: готове готовий забрати комірк* відправленн* el: ετοιμ* θυριδ* παραλαβετε tr: hazir subede teslimati dolap*
        subemiz* ar: خزانه صندوق جاهز جاهزه مستودع fa: آماده صندوق پستچي باجه he: מוכנה מוכן ארונית hi: डिलिवर*
        कूरियर* vi: tủ id: loker diambil ambil titip ms: peti th: ตู้ มารับ รับได้ที่ zh: 存柜 自提柜 门店 前台 柜台 取餐 领取 取书 取票
        取号 ja: 準備 宅配ボックス 店頭 受渡 引き取り 引換 ko: 택배함 찾아가 픽업대 매장 준비 상품권
        cs: ru: собран собрана выдачи кассе
        couriers: dhl dpd gls ups fedex usps evri hermes inpost packeta zasilkovn* omniva postnord foxpost econt
        boxberry cdek сдэк chronopost colissimo mondial correos citypaq seur mrw ctt brt aramex smsa yurtici hepsijet
        jne sicepat ghn ghtk kerry ekart delhivery bluedart xpressbees
        顺丰 圆通 中通 韵达 申通 极兔 黑猫宅急便 ヤマト 佐川 ゆうパック 대한통운 한진택배
        우체국
        zh-tw: 取貨 提貨 超商 門市 到店 物流 置物櫃 智取櫃 ru-latin: posylka posylku gotov gotova vydache vydachi postamat kurer
        dostavka otpravlen el-latin: dema deme etoimi paralavi uk-latin: posylka poshtomat ar-latin: shahn tawseel
        talabak hi-latin: parcel sr-latin: posiljka paketomat preuzimanje bg-latin: pratka ekont
        """,
    signals.LOTTERY: """
        en: lottery lotto draw winner winning jackpot prize prizes won raffle lucky contest
        es: loteria sorteo ganador* premio*  pt: loteria sorteio ganhador* premio
        fr: loterie tirage gagnant* gagne  it: lotteria estrazione vincit*  de: lotterie gewinn* lotto ziehung
        nl: loterij prijswinnaar gewonnen  sv: lotteri vinst  pl: loteri* wygral* losowan*  cs: loterie vyhra*
        hu: lottos* nyeremeny*  ru: лотере* выигра* розыгрыш* приз*  uk: лотере* вигра* розіграш*
        tr: cekilis* kazandiniz ikramiye piyango  el: κληρωσ* λοταρι*  ar: سحب جائز* فزت ربحت  fa: قرعهكشي برنده
        hi: लॉटरी* इनाम*  bn: লটারি*  zh: 中奖 中獎 抽奖 彩票  ja: 抽選 当選 宝くじ  ko: 당첨 추첨 복권 경품
        th: รางวัล ลอตเตอรี่ สลากกินแบ่ง ถูกรางวัล  vi: trúng xổ  id: undian pemenang hadiah  ms: cabutan bertuah
        sw: bahati ushindi
        en:   winners  es:  ganaste pt:  sorteado fr:
        gagnant it:  de:  sw: imeshinda umeshinda  ru:  tr:  id:
         vi:   pl:
        """,
    signals.OTHER: """
        en:    ar: تتبع دعوه احاله ضريبي* fa: رهگيري پيگيري دعوت معرف ur: ٹريكنگ hi: ट्रैकिंग* रेफरल* पिनकोड* bn:
            ট্র্যাকিং* রেফারেল* পোস্ট* tr: takip davet vergi
        ru: отслеживан* приглаш* реферал* инн uk: відстеж* запрош* поштов* bg: проследяв* покана пощенск* sr:
            поштански* ro: urmarire invitatie
        pl: sledzeni* polecen* zaprosz* hu: kovetes* nyomkovet* meghivo* el: παρακολουθ* ταχυδρομικ* προσκλησ*
            he: מעקב הזמנת
        th: ติดตาม เชิญ แนะนำ vi: vận giới giới thiệu id: lacak undangan poskod* rujukan sw: ufuatiliaji zh:
            跟踪 追踪 邀请 推荐 查询码 条形码
        ja: 追跡 お問い合わせ 招待 紹介 ko: 추적 조회 초대 추천 es: invitacion referido* pt: convite indicacao
            fr: invitation it: invito de: einladung* empfehlung*
        nl: uitnodiging* sv: inbjudan* da: invitation* fi: kutsu* suositus* cs: pozvan* doporuc* sledovani
        en: invite invitation tracking waybill
        cep en: zip postal postcode  zipcode area error status country dress source qr bar barcode swift ifsc
            sort branch tax hsn sku product model style course exam roll student employee staff wifi wlan door exit
            build issue const var let int null def todo stderr stdout json server localhost git waiting counter
            address return refund conference meeting zoom webinar wifi door gate intercom alarm entry building gym
            bug commit function variable exception script http response stack module morse genetic penal
        es:  producto postal error fuente barras  pt: postal erro  fr: digicode porte postal erreur barres
        it: postale fiscale avviamento errore
        de: postleitzahl* plz *leitzahl bankleitzahl quellcode fehlercode* *fehler fehler* strichcode
        nl: postcode* foutcode*  sv: postnummer* felkod*  da: postnummer* fejlkode*  fi: postinumero* virhekoodi*
        pl: pocztow* bledu  cs: psc postovni chyby  hu: iranyitoszam* hibakod*
        ru: домофон* подъезд* товар* артикул* индекс* почтов* ошибк* региона qr  uk: індекс* помилк*
        tr: posta hata he: מיקוד ar: بريدي* خطا fa: پستي خطا ja: 郵便番号 エラー zh: 邮编 邮政编码 错误 代码行
            源代码
        ko: 우편번호 에러 오류 소스  th: ไปรษณีย์ รหัสไปรษณีย์  vi: bưu lỗi  id: pos  sw: posta  ro: postal eroare
        en: vote voting votes poll contestant airtime topup scratch refill cheat lobby bridge webex parking garage
        padlock stairwell elevator lockbox keybox lunch menu recipe quiz game crossword plu batch lot colour color
        paint dial dialing dialling
        de: tuer* tuercode* hauscode* einladungs* wlan* parkplatz*  fr: portail immeuble wifi
        es: puerta wifi  it: portone cancello wifi  pt: portao wifi  nl: deurcode* poortcode* wifi*  sv: portkod* dorrkod*
        da: dorkode* portkode*  no: dorkode* portkode*  fi: ovikoodi*  pl: domofon* drzwi bram*  cs: dveri vchod*
        hu: kapukod*  ru: калитк* ворот*  tr: kapi  zh: 门禁 门锁 充值卡 卡密  ja: 玄関 オートロック  ko: 현관 공동현관
        en: kwh electricity prepaid cvc duty gmeet  hotspot ssid broadcaster id: listrik sw: luku umeme pt:
        atendimento es: prefijo fr: it: bandiera pl: drzwiowy tr: plaka ru: вайфай вай-фай ja: 暗証 商品番号 品番 zh: 房间
        wifi密码 门牌 ko: 와이파이
        de: turcode* hausturcode* schlusselbox uk: під'їзд* підʼїзд* дверей el: πορτα* εισοδου θυρα* he: דלת לדלת הדלת
        שער אינטרקום ar: باب الباب البوابه بوابه fa: درب th: ประตู id: pintu gerbang ms: pintu pagar ro: interfon*
        poarta sv: portkoden es: portero timbre cerradura pt: porta interfone fechadura it: citofono serratura nl:
        voordeur sleutelkluis bg: вход-врата sr: интерфон* hr: vrata ulaz* cs: zvonek branka brana sk: brana dvere hu:
        kapu* ajto* tr: daire  ur: دروازے دروازه hi: दरवाजे दरवाज़े गेट bn: দরজার গেট vi: cửa  sw: mlango geti
        tl: pinto zh: 门锁密码 大门 门口 ja: ドア 入口 鍵 ko: 도어락 출입문
        en: keypad smartlock lockcode gatecode uk: їзду їзд
        sv: dorren porten ytterdorr* garaget da: doren porten nogleboks* no: dora porten nokkelboks* de:
        schlusselkasten tresor* schlusseltresor* nl: sleutelkastje poort hek fi: ovi portti it: cassaforte es:
        candado caja-fuerte fr: coffre cadenas pl: furtk* sejf* cs: trezor* ru: двери дверь сейф* шлагбаум* uk: двері
        сейф* шлагбаум* tr: kapinin kasa hi: तिजोरी id: brankas vi: két
        """,
    signals.PICKUP | signals.OTHER: """
        en: show present quote mention handover  es: muestra muestre ensena presenta  pt: mostre apresente
        fr: montrez presentez presente  it: mostra presenta  de: zeigen vorzeigen vorlegen  nl: toon laat-zien
        sv: visa-upp  da: vis  pl: okaz pokaz  cs: ukazte predlozte  hu: mutassa  ru: предъявите покажите
        uk: покажіть назвіть  tr: gosterin goster  zh: 出示  ja: 提示 ご提示  ko: 보여주 제시  id: tunjukkan
        """,
    signals.DONE | signals.OTHER: """
        en: recharge reload  es: recarga  pt: recarga  fr: recharge  it: ricarica  de: aufladung aufladecode  id: pulsa
        ms: tambahnilai  tr: yukleme  ru: пополнен*
        """,
    signals.THING: """
        en:
            aisle alarm apartment bathroom bike bin bingo bridge building buzzer cabin campus cancellation car carpark
            cheat cinema class classroom clinic club coach concert condo conference copier cost course crew cupboard
            dealer department design desk dialing dialling discount dispatch door dorm dress driveway elevator employee
            entrance event exhibit fabric facility fault ferry flat floor freezer front game garage garden gate giveaway
            guest gym hall hotel hour hours house item job kiosk lab laundry library lift list lobby lockbox locker lot
            lunch machine mail menu museum office order paint park parking part party patio photo player playlist pool
            price printer product project promo property quest quiz raffle reception recipe redemption referral rental
            reservation restaurant restroom reward ride room roster route sale sample school scooter score seat seller
            server shed shelf shift shop shuttle side sku snack song spa speaker staff stage stall station stock storage
            store street studio suite survey table team theater theatre ticket till toilet tour tower toy track train trip
            trivia unit vendor villa vip visitor vote voting warehouse washer workshop zone
        check-in check-out drop-off pick-up dial-in call-in top-up wash padlock closet basement storeroom cottage
        resort hostel terrace rooftop court pavilion
        """,
    signals.CARDPIN: """
        en: puk cardpin tpin ipin mpin upin de: kartenpin geheimzahl
        """,
    signals.INITIAL: """
        en: username userid login-id default initial temporary temp  es: usuario temporal
        pt: usuario temporaria provisoria  fr: identifiant provisoire temporaire  it: utente provvisoria
        de: benutzername startpasswort initialpasswort vorlaufiges  nl: gebruikersnaam tijdelijk  pl: tymczasow*
        ru: логин* временный  tr: gecici kullanici  zh: 用户名 初始 临时  ja: 仮パスワード 初期  ko: 임시
        vi: thời thoi tạm id: sementara ms: sementara th: ชั่วคราว ar: مؤقته ru: временн* cs: docasn* hu: ideiglenes*
        """,
    signals.PROMO | signals.CODE: """
        promocode promokod* promokood* couponcode vouchercode zh: 兑奖码 優惠碼 优惠码 折扣码 兑换码 优惠代码
            推荐码 邀请码
        ja: クーポンコード プロモコード 紹介コード 招待コード ko: 할인코드 쿠폰코드 쿠폰번호 추천코드 th:
            โค้ดส่วนลด
        """,
    signals.PICKUP | signals.CODE: """
        zh: 取件码 取货码 提货码 取餐码 开箱码 取件碼 de: abholcode* no: hentekode* hentekod* ja: 受取コード
            受け取りコード
        """,
    signals.OTHER | signals.CODE: """
        en: sourcecode qrcode zipcode postcode errorcode zh: 二维码 源代码 邮政编码 错误代码 错误码 商品代码
            股票代码
        ja: ソースコード エラーコード 郵便番号  ko: 오류코드 에러코드
        en: pincode hs
        """,
}
