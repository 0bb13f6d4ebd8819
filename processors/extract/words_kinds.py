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
        en: fries nuggets gifting redeemable refillable freebies fi: alekoodi* lahjakort* et: sooduskood* kinkekaar* lt: dovan* lv:
        davan* pl: podarunk* upomink* cs: darkov* sleva slevu hu: ajandekkart* ro: cadouri sl: darilo darilna darilni bon hr: darovn* ru:
        подарочн* сертификат* uk: подарунк* сертифікат* be: бясплатн* падарун* bg: подаръ* ваучер* sr: ваучер* бон mk: ваучер* бесплатно
        подарок el: δωροκαρτ* δωροεπιταγ* κερδιστε δωρεαν kk: купон* сыйлық* тегін акция* ky: бекер белек* uz: aksiya* bepul sovg*
        chegirm* tg: туҳфа* ройгон tk: mugt sowgat* tt: бүләк* бушлай az: pulsuz hediyye* hədiyyə* kampaniya* aksiya* mn: купон* бэлэг*
        үнэгүй sq: dhurat* falas kuponi hy: նվեր* անվճար ka: საჩუქ* აქცი* უფასო* ar: خصومات كوبونات تخفيضات هدايا مجاني fa: تخفيفات ur:
        كوپن* افر مفت ps: تخفيف* ckb: داشكان* كۆپۆن* خۆڕايي* ug: ئېتىبار* ھەقسىز* bn: মূল্যছাড়* কুপন উপহার* as: ৰেহাই* অফাৰ* কুপন* gu:
        ઓફર* કૂપન* છૂટ મફત pa: ਕੂਪਨ* ਆਫ਼ਰ* ਆਫਰ* ਮੁਫ਼ਤ ਮੁਫਤ or: ଅଫର* କୁପନ* ମାଗଣା mr: मोफत कूपन* ne: कुपन* अफर* निःशुल्क ta: கூபன்* சலுகை*
        ஆஃபர்* இலவச* te: కూపన్* ఆఫర్* ఉచిత* kn: ಕೂಪನ್* ಆಫರ್* ಉಚಿತ* ml: കൂപ്പൺ* ഓഫർ* ഓഫറ* സൗജന്യ* si: කූපන්* වට්ටමක් නොමිලේ th: ลดราคา บัตรของขวัญ
        lo: ຟຣີ ຄູປອງ km: ប្រូម៉ូសិន ឥតគិតថ្លៃ my: အခမဲ့ ကူပွန် am: ስጦታ* ነጻ ቅናሽ* so: dhimis* bilaash ha: kyauta zu: mahhala isaphulelo* xh:
        simahla st: mahala sw: bure vocha rw: kugabanyirizwa mg: fihenam* maimaim* af: afslag* spesiale gratis eu: oparia gl: gratuit is:
        okeypis gjafakort* afslattar* cy: disgownt ga: lascaine mt: skontijiet bxejn zh: 礼品卡 禮品卡 购物卡 储值卡 面值 满赠 礼券 禮券
        赠送 免单 ja: ギフト プリペイドカード 商品券 半額 ko: 기프트카드 기프티콘 모바일쿠폰 es: dto dcto dscto descto outlet liquidacion
        rebajados pt: cupons fr: rabais ro: reduceri id: ongkir ko: 광고 수신거부 zh: 退订 退訂 拒收 满减券 ja: 配信停止 割引券 th: โค้ดลด
        my: ပရိုမိုးရှင်း ar: ايتونز fa: گيفت ru: гифт
        """,
    signals.PICKUP: """
        lo: ຮັບເຄື່ອງ ຮັບພັດສະດຸ km: ទទួលទំនិញ ទទួលអីវ៉ាន់ my: ပစ္စည်းလက်ခံ fa: سفر
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
        balie sv: skap utlamnas ombudet da: udlevering skab no: fi: valmis
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
        en: captain chauffeur cabbie valet wishmaster es: conductor conductora chofer pt: motorista condutor fr: chauffeur conducteur
        coursier it: autista conducente fattorino de: fahrer fahrerin kurier* boten zusteller* nl: chauffeur bestuurder koerier* sv:
        foraren forare chauffor* da: chauffor* chaufforen no: sjafor* fi: kuljettaja* kuski* et: juhile autojuht* kuller* lv: vaditaj*
        soferi* kurjer* lt: vairuotoj* pl: kierowc* cs: ridic* kuryr* sk: vodic* kurier* hu: soforod soforje ro: sofer* curierul sl:
        voznik* kurir* dostav* hr: vozac* kurir* sr: возач* vozac* mk: возач* курир* достава bg: шофьор* ru: водитель водителя водителю
        водителем таксист* поездк* вручен* доставщик* uk: водій водія водію водієм поїздк* посилок be: вадзіцел* кіроўц* кур'ер* кур’ер*
        kk: жүргізуші* сәлемдеме* курьер* ky: айдоочу* посылка* uz: haydovchi* ҳайдовчи* етказ* посилка* tg: ронанда* расонид* посылка*
        фиристода* боргир* tk: suruji* eltip* posylka* tt: илтүче* посылка* az: surucu* sürücü* baglaman* tr: surucu* suruculer sofor
        soforu soforun soforunuz kuryen* sq: shofer* korrier* postier* el: οδηγο* κουριερ* κουτι hy: վարորդ* առաքիչ* սուրհանդակ* ka:
        მძღოლ* გზავნილ* he: נהג נהגת שליחים נסיעה ar: سايق* كابتن سايقك رحلتك طردك fa: راننده* سفير سواري ur: ڈراييور* ڈراييونگ ڈرائيور*
        كيپٹن رائيڈ* راييڈ* سواري كوريير* كورير* ps: چلوونك* رسونه* كورير* ckb: شوفير* شوفێر* گهياندن* پهيك* نارده* sd: ڊراييور* ug:
        شوپۇر* يەتكۈز* پوچتا* hi: ड्राइवर* चालक* राइड* कैप्टन* सवारी डिलीवर* पार्सल mr: चालक* ड्रायव्हर* राइड* कुरिअर* ne: चालक* ड्राइभर* सवारी
        डेलिभर* कुरियर* पार्सल* bn: ড্রাইভার* চালক* রাইড* পার্সেল* as: চালক* ড্ৰাইভাৰ* ডেলিভাৰ* পাৰ্চেল* কুৰিয়াৰ* gu: ડ્રાઇવર* ડ્રાઈવર* રાઇડ*
        રાઈડ* ચાલક* કુરિયર* pa: ਡਰਾਈਵਰ* ਡਰਾਇਵਰ* ਰਾਈਡ* ਚਾਲਕ ਡਿਲੀਵਰ* ਡਿਲਿਵਰ* ਪਾਰਸਲ* ਕੋਰੀਅਰ* or: ଡ୍ରାଇଭର* ଚାଳକ* ରାଇଡ୍* ଡେଲିଭ* ପାର୍ସଲ* କୁରିଅର*
        ta: ஓட்டுந* டிரைவர* ரைடு* சவாரி* கூரியர்* te: డ్రైవర్* డ్రైవరు* రైడ్* చోదక* కెప్టెన్* కొరియర్* kn: ಚಾಲಕ* ಡ್ರೈವರ್* ರೈಡ್* ಕೊರಿಯರ್* ml: ഡ്രൈവർ*
        ഡ്രൈവറ* റൈഡ്* കൊറിയർ* പാഴ്സല* si: රියදුරු* ඩ්රයිවර්* පාර්සල* බෙදාහැරී* කුරියර්* th: คนขับ เดลิเวอรี่ ไปรษณีย์ไทย lo: ຄົນຂັບ ຂົນສົ່ງ km:
        អ្នកបើកបរ ដឹកជញ្ជូន អីវ៉ាន់ ឥវ៉ាន់ my: ယာဉ်မောင်း ပို့ဆောင် ပစ္စည်းပို့ vi: xế id: pengemudi sopir supir kurirnya ms: pemandu tl: drayber
        rayder magdedeliver sw: dereva madereva kifurushi ha: direba yo: awako ig: okwoala zu: umshayeli iphasela iphakeji ukulethwa xh:
        umqhubi ipasile iphasile af: pakkie* aflewering* afgelewer* koerier* bestuurder so: darawal* dareewal* xamuul* gaarsiin* am:
        አሽከርካሪ* ሹፌር* ሹፌሩ* መልእክተኛ* ጥቅልዎ ti: መራሒ* om: konkolaataa* konkolaachisaa* rw: umushoferi mg: entana mpamily ht: chofe chofè
        livrezon koli ga: beartan beart tiomanai gd: parsail cy: parsel pecyn dosbarthu danfon gyrrwr mt: pakkett kunsinna xufier eu:
        gidari* mezulari* is: bilstjor* sendil* lb: chauffer ca: conductora repartidora gl: condutora repartidor ceb: drayber jv: sopir
        zh: 司机 乘车码 乘車碼 上车 上車 代驾 骑手 配送员 快递员 收货 派件 签收 ja: 乗務員 ドライバー 運転手 お荷物 配送員 宅配便 再配達
        ko: 기사님 기사에게 배달원 문앞 택배기사 운송장 hi-latin: chalak sawari ar-latin: sawa2 sawaq kaptin mandoub mandoob mn: жолооч*
        am: ለሹፌሩ ለሹፌር ሾፌር* ለሾፌሩ ለሾፌር ለአሽከርካሪ* የአሽከርካሪ* es: viaje uz: posilkan* tl: magdadala
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
        ta: பரிசு* லாட்டரி* te: లాటరీ* బహుమతి* kn: ಲಾಟರಿ* ಬಹುಮಾನ* ml: ലോട്ടറി* സമ്മാന* mr: बक्षीस* लॉटरी* ne: चिट्ठा* पुरस्कार* bn: পুরস্কার*
        জিতেছেন লটারি gu: ઇનામ* લોટરી* pa: ਇਨਾਮ* ਲਾਟਰੀ* or: ପୁରସ୍କାର* ଲଟେରୀ* ur: انعام* لاٹري* fa: برنده برندگان ar: ربح مسابقه الفايز
        جوايز zu: uwine uwin* umklomelo* xh: uphumelele ibhaso uwine st: hapile tn: fentse sn: makunda mubairo mahwina sw: zawadi mshindi
        umejishindia yo: ẹbun ebun am: ሽልማት* ሎተሪ* ዕጣ እጣ አሸን* so: guuleys* abaalmarin* rw: wegukanye igihembo tombola tl: nanalo panalo*
        premyo* ceb: nakadaog id: memenangkan ms: memenangi lo: ລາງວັນ km: រង្វាន់ ឈ្នះ my: ဆုမဲ si: ත්යාග* ලොතරැයි* තෑග* kk: ұтыс* ұттыңыз*
        ұтты лотере* ky: утту* утуш* uz: yutuq* yutdi* yutib sovrin* lotere* tg: лотере* tt: отыш* az: uddunuz lotere* uduş* mn: сугалаа*
        азтан хонжвор* hy: վիճակախաղ* շահել ka: მოიგ* ლატარ* გათამაშ* he: זכית זכיתם הגרלה* פרס sq: fitues* lotari* fituat fi: arvont*
        voitit voittaj* et: loterii* voitsite loosimi* lv: loterij* laimest* laimej* lt: loterij* laimejo* sk: vyhra* zreb* sl: zreb*
        nagrad* hr: nagrad* izvlac* dobitnik* sr: наград* извлач* добитник* mk: награда bg: наград* томбол* спечел* печелите be: латарэ*
        выйграл* прыз* ro: castigator* loteri* tombola hu: nyert nyertes* sorsolas* sv: vinnare dragning* da: vinder praemie
        lodtraekning* no: vinner premie trekning* is: vinning* happdraett* nl: loterij winnaar* de: gewonnen af: gewen prys eu: zozketa*
        saria ht: lotri rw: watsindiye ha: kaci hi: विजेता* जीता जीते हकदार hi-latin: inaam lottery ro: premiul premii premiu
        """,
    signals.OTHER: """
        pt: produto  fr: produit marchand  it: prodotto  es: catastral  et: pakikood*  ru-latin: vayfay* vaifai* vajfaj*
        ja: ワイファイ th: เข้าตึก he: וויפיי ווייפיי ca: replà
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
        he: שגיאה השגיאה הוויי וויי ka: შეცდომის hy: սխալի mn: алдааны kk: қатенің ur: ايرر ta: பிழை* te: లోపం kn: ದೋಷ ml: പിശക്*
        bn: ত্রুটি* gu: ત્રુટિ* th: ข้อผิดพลาด km: កំហុស am: የዋይፋይ ስህተት* የስህተት* ru: зум
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
        שער אינטרקום ar: باب الباب البوابه بوابه fa: درب th: ประตู id: pintu gerbang ms: pintu ro: interfon*
        poarta sv: portkoden es: portero timbre cerradura pt: porta interfone fechadura it: citofono serratura nl:
        voordeur sleutelkluis bg: вход-врата sr: интерфон* hr: vrata ulaz* cs: zvonek branka brana sk: brana dvere hu:
        kapu* ajto* tr: daire  ur: دروازے دروازه hi: दरवाजे दरवाज़े गेट bn: দরজার গেট vi: cửa  sw: mlango geti
        tl: pinto zh: 门锁密码 大门 门口 ja: ドア 入口 鍵 ko: 도어락 출입문
        en: keypad smartlock lockcode gatecode uk: їзду їзд
        sv: dorren porten ytterdorr* garaget da: doren porten nogleboks* no: dora porten nokkelboks* de:
        schlusselkasten tresor* schlusseltresor* nl: sleutelkastje poort hek fi: ovi portti it: cassaforte es:
        candado caja-fuerte fr: coffre cadenas pl: furtk* sejf* cs: trezor* ru: двери дверь сейф* шлагбаум* uk: двері
        сейф* шлагбаум* tr: kapinin kasa hi: तिजोरी id: brankas vi: két
        es: puertas porton cerraja edificio apartamento apartamentos garaje cochera escalera ascensor alarma telefonillo verja trastero
        habitacion porteria conserje cajetin vestibulo pt: predio apto portaria garagem elevador cofre alarme campainha condominio
        portoes andar fr: batiment etage appartement appart interphone sonnette palier escalier ascenseur barriere chambre gite it:
        ascensore palazzo condominio allarme appartamento campanello pianerottolo portoncino ca: porter replanet apartament pis terrat
        gl: portalon edificio eu: atea ateko atari* ataria solairu* etxebizitza* igogailu* de: tür türe türen haustuer* haustur* eingang*
        etage stockwerk alarmanlage klingel* wohnung* aufzug fahrstuhl treppenhaus tiefgarage hoftor gartentor zimmer* ferienwohnung
        gastgeber schlusselsafe garagen* lb: dier haisdier nl: deur deuren verdieping portiek appartement* gebouw kamernummer trappenhuis
        lift alarmcode* af: woonstel motorhuis hysbak vloer voordeur hek sv: dörr dorr* trappa vaning vaningen hiss hissen lagenhet*
        grind grinden garage* larm larmet larmkod* kassaskap nyckelbox* nyckelskap uppgang* rummet da: dør døren etage lejlighed* opgang*
        elevator* alarmkode* no: etasje* leilighet* oppgang* heis heisen garasje* alarmkode* nokkelsafe* fi: ovelle alaove* alaovi rappu
        rapun rappukaytava* kerros kerrokse* hissi asunto asunnon autotalli* porttikood* halytys* halyttim* summeri avainboksi*
        avainsafe* huone* is: dyra dyrum dyrin hurd* haed ibud* lyfta lyftan bilskur* hlid hlidid dyrasim* herberg* fo: hurd dyr et: uks
        uksed ukse uksel varav* fonolu* korrus* korter* trepikoja* trepikoda valvekood* garaaz* tuba lv: durvis durvim vartiem varti
        vartu varteem stavs stava dzivokl* kapnutelp* namrun* garaz* signalizacij* lt: durys duru durims vartai vartu vartams laiptin*
        aukstas aukste butas bute garaz* telefonspyn* spyna signalizacij* kambar* pl: drzwiom klatk* pietr* mieszkan* winda windy garaz*
        alarm* szlaban* pokoj* skrzyneczk* parter cs: dvere dveri dverim brana brany branu brane branou vchod* patro patre zvonku vytah*
        schodist* zavora zavoru dvermi alarm sk: dveram poschod* zvoncek* vratnic* hu: emelet* lepcsohaz* lakas* kaputelefon* riaszto*
        szoba* kulcsszef* kulcsdoboz* tarsashaz* sl: vrata vrat vratih nadstropj* stanovanj* dvigalo zvonec soba sobe hr: vratima kapija
        kapiju kapije sprat sprata spratu zgrad* portafon* haustor* liftom rampa rampu sr: врата вратима капиј* улаз* спрат* зград* лифт*
        гараж* аларм* соба собе рампа mk: катот зграда портон* bg: вратата портата порта етаж* апартамент* асансьор* бариера* звънец*
        вратите стая стаята ro: ușa usii poarta portii bloc blocului scara etaj etajul apartament* lift alarma garaj* bariera ru: входн*
        дверн* этаж* квартир* сигнализац* домофон* комнат* ключниц* парадн* uk: двер* поверх* квартир* ліфт* сигналізац* хвіртк* брама
        брами домофон* кімнат* подъезд* парадн* be: дзвер* паверх* кватэр* дамафон* ліфт* брама брамы пад'езд* пад’езд* езда падезд* kk:
        есік есіктің есіктен есікті кіреберіс* қақпа* қабат* пәтер* ky: эшик* дарбаза* кабат* батир* uz: eshik* darvoza* qavat* xonadon*
        kvartira* podyezd* podezd* domofon* yolak эшик* дарвоза* қават* tg: дарвоза* ошёна* ошьёна* бино tk: gapyny gapynyn derweze*
        kwartira* tt: ишек* капка* фатир* подъезд* mn: хаалга* орц* давхар* тоот* байрны домофон* az: qapı qapi qapının qapinin qapının*
        qapinin* mərtəbə* mertebe* mənzil* menzil* darvaza* lift qaraj* otaq otağ* otag* tr: kapida kapiya kapinin kapiyi asansor*
        apartman* binanin daire dairesi garaj* otopark* bariyer* zil oda odasi odaniz merdiven* ku: derî deriyê deriye deryê qat apartman
        ckb: دەرگا* دەرگای* نهۆم* باڵەخانە* شوقه* ps: دروازه دروازې دروازي پوړ sq: dera deren deres porta katin banesa banes* apartament*
        ashensor* pallat* garazh* alarm* nderte* el: πορτων οροφο* διαμερισμα* ασανσερ θυροτηλεφων* κουδουνι* γκαραζ συναγερμ*
        πολυκατοικι* δωματι* κλειδοθηκ* el-latin: porta portas orofos orofo diamerisma polykatoikia polikatoikia kleidothiki hy: դուռ
        դռան դռնից դռները շքամուտք* հարկ հարկում բնակարան* վերելակ* դարպաս* դոմոֆոն* ավտոտնակ* սենյակ* ka: სადარბაზო* კარი კარის კართან
        კარებ* ჭიშკარ* ჭიშკრ* სართულ* ბინა ბინის ლიფტ* დომოფონ* ავტოფარეხ* შლაგბაუმ* სადარბ* ოთახ* ka-latin: sadarbazo* sartuli sartulze
        karis he: בניין לבניין בנין קומה דירה לדירה מעלית חניה חנייה אזעקה לובי חדר כספת דלתות ar: بابنا بنايه عماره طابق شقه شقتي شقق
        مصعد كراج جراج مواقف انترفون انتركم انذار خزنه غرفه غرفتك وايفاي واي فاي ar-latin: bab albab elbab 3emara emara shaqa sha2a tabeq
        fa: زنگ طبقه ساختمان اسانسور پاركينگ پلاك گاوصندوق دزدگير وايفاي واي فاي اتاق مجتمع ur: گيٹ منزل فليٹ لفٹ گيراج عمارت كمره كمرے
        وائيفائي وائي فائي ur-latin: darwaza darwaze manzil kamra hi: दरवाज़ा दरवाजा दरवाज* दरवाज़* मंजिल* मंज़िल* फ्लैट* फ़्लैट* बिल्डिंग*
        इमारत* लिफ्ट* लिफ़्ट* गैराज पार्किंग वाईफाई* वाईफ़ाई* वाई अलार्म कमरा कमरे कमरा सोसाइटी mr: दार दाराचा दरवाजा* मजला मजल्या* सदनिका*
        वायफाय* खोली ne: ढोका* तला कोठा* भवन वाइफाइ* bn: দরজা* তলা তলায় ফ্ল্যাট* ফ্লাট* বিল্ডিং* লিফট* গ্যারেজ* ওয়াইফাই* রুম রুমের as: দুৱাৰ*
        মহলা* ৱাইফাই* gu: દરવાજ* માળ માળે ફ્લેટ* બિલ્ડિંગ* લિફ્ટ* વાઇફાઇ* વાઈફાઈ* રૂમ pa: ਦਰਵਾਜ਼* ਦਰਵਾਜ* ਮੰਜ਼ਿਲ ਮੰਜ਼ਲ ਫਲੈਟ* ਲਿਫਟ ਵਾਈਫਾਈ* ਕਮਰਾ
        or: କବାଟ* ମହଲା ଫ୍ଲାଟ* ୱାଇଫାଇ* ରୁମ ta: கதவு* கதவி* கேட்டின் வாசல்* வாயில்* மாடி* மாடியில் அபார்ட்மெ* லிஃப்ட்* வைஃபை* வைபை* அறை அறையின் te:
        తలుపు* అంతస్తు* ఫ్లాట్* లిఫ్ట్* వైఫై* గది గదికి kn: ಬಾಗಿಲ* ಮಹಡಿ* ಫ್ಲಾಟ್* ಲಿಫ್ಟ್* ವೈಫೈ* ಕೊಠಡಿ* ml: വാതിൽ* വാതില* നിലയിൽ ഫ്ലാറ്റ്* ലിഫ്റ്റ്* വൈഫൈ*
        മുറി മുറിയുടെ si: දොර* ගේට්ටු* මහල* වයිෆයි* කාමර* නිවාස th: คอนโด ลิฟต์ หมายเลขห้อง ไวไฟ ตู้เซฟ ห้องพัก lo: ປະຕູ ອາຄານ ໄວໄຟ ຫ້ອງພັກ km:
        ទ្វារ ជាន់ទី អគារ បន្ទប់ វ៉ាយហ្វាយ my: တံခါး အထပ် တိုက်ခန်း အခန်း ဝိုင်ဖိုင် vi: tầng id: lantai apartemen gedung garasi kamar bilik alarm
        ms: bangunan tingkat jv: lawang su: panto tl: tarangkahan palapag kwarto gusali ceb: pultahan ganghaan ilo: ruangan sw: mlangoni
        ghorofa ghorofani jengo lango lifti chumba ha: kofa kofar yo: ilẹkun ilekun ig: zu: umnyango emnyango isango esangweni xh: ucango
        isango st: monyako kgoro lemati tn: lebati kgoro sn: gonhi musuwo gedhi rw: urugi umuryango igipangu so: albaab* iridda irrid*
        dabaq* am: በር በሩ የበር በሩን ፎቅ ህንፃ አፓርታማ ዋይፋይ ti: ማዕጾ* om: balbala* mg: varavarana vavahady rihana ht: pòt baryè bayè ny: chitseko
        geti wo: buntu ga: geata gheata doras dorais urlar gd: geata doras cy: drws giat llawr adeilad mt: bieb sular blokk xatba eo:
        pordo pordego ug: ئىشىك* قەۋەت* دەرۋازا* dv: ދޮރު* ދޮރުގެ zh: 无线网 無線網 热点 小区 车库 保险柜 房号 开门 单元 楼道 楼下 几楼
        号楼 ja: キーボックス 鍵ボックス スマートロック 解錠
        開錠 マンション 建物 エントランス 駐車場 金庫 部屋番号 客室 ルーム番号 無線lan ko: 아파트 건물 엘리베이터 차고 금고 주차장
        객실 호실 공유기 en: intercoms porting portability upc mnp basement hallway landlord fob wi keysafe lockboxes guesthouse bnb fr:
        portabilite es: portabilidad pt: portabilidade it: portabilita ru-latin: podezd podyezd domofon etazh kvartira kalitka dver dveri
        vorota bg-latin: vhodna etaj vrata sr-latin: kapija sprat zgrada hi-latin: darwaza darwaze manzil en: bn: গেট গেটের গেটে ne: गेट
        गेटको gu: ગેટ ગેટનો ગેટનું pa: ਗੇਟ or: ଗେଟ ta: கேட் கேட்டின் te: గేటు గేట్ గేటుకు kn: ಗೇಟ್ ಗೇಟಿನ ml: ഗേറ്റ് ഗേറ്റിന്റെ ഗേറ്റിന് th: ผู้เข้าพัก
        ko: 출입구 ja: ゲート番号 es: llaves zh-tw: 大門 門禁 門鎖 社區 電梯 管理室 警衛室 鑰匙箱 保險箱 am: የበሩ የበር የግቢ ለበሩ is: dyrakod*
        zu: yesango lesango somnyango yomnyango wesango xh: yocango locango sesango yesango zh: 携号转网 携转 轉網 轉台 es: reunion votar
        vota pt: cadeado reuniao votar fr: serrure voter it: lucchetto riunione televoto votare de: fahrradschloss* zahlenschloss*
        vorhangeschloss* besprechung* videokonferenz* konferenz* abstimm* nl: hangslot fietsslot cijferslot vergadering* stemmen sv:
        hanglas* cykellas* låset möte motet da: haengelas* cykellas* møde modet no: hengelas* sykkellas* møte fi: munalukko lukko lukon
        numerolukko* kokous kokouks* et: tabaluk* koosolek* lv: sledzen* sapulc* lt: spynos spynai susitikim* pl: klodk* zamka spotkani*
        zebrani* glosow* glosuj cs: zamku zamek schuzk* hlasov* sk: stretnuti* hu: lakat* megbeszeles* ertekezlet* szavaz* ro: lacat*
        sedint* intalnir* voteaza sl: kljucavnic* sestanek sestank* hr: lokot lokota sastanak sastank* sr: katanac katanc* катанац*
        катанц* брав* састан* mk: катанец состанок bg: катинар* ключалк* среща гласув* ru: замка замке замок конференц* встреч* вебинар*
        собрани* созвон голосован* проголос* uk: замка замок конференц* зустріч* голосув* be: замка сустрэч* kk: құлып* жиналыс* ky:
        кулпу* жыйын* uz: qulf* majlis* tg: қулф* мачлис* mn: цоож* хурал* az: qıfıl* qifil* iclas* tr: kilit kilidin asma toplanti*
        oylama sq: dryni takim* el: λουκετ* κλειδαρι* συναντησ* συσκεψ* τηλεδιασκεψ* ψηφοφορ* σφαλμα* hy: կողպեք* ժողով* ka: ბოქლომ*
        საკეტ* შეხვედრ* he: מנעול פגישה פגישת ישיבה זום הצבעה ar: قفل اجتماع اجتماعك زوم تصويت للتصويت fa: قفل جلسه كلاس ur: تالا تالے
        ميٹنگ* ps: غونډه* ckb: كۆبوونهوه* hi: ताला ताले मीटिंग* ज़ूम जूम मतदान त्रुटि bn: তালা তালার মিটিং* জুম ত্রুটি mr: कुलूप कुलुपा*
        मीटिंग* ne: ताल्चा* बैठक as: তলা মিটিং* gu: તાળ* મીટિંગ* pa: ਤਾਲਾ ਤਾਲੇ ਮੀਟਿੰਗ* or: ତାଲା ମିଟିଂ* ta: பூட்டு* பூட்டின் கூட்டத்* மீட்டிங்*
        te: తాళం* తాళాని* సమావేశ* మీటింగ్* kn: ಬೀಗ* ಸಭೆ* ಮೀಟಿಂಗ್* ml: പൂട്ട്* പൂട്ടിന്റെ മീറ്റിംഗ്* യോഗം si: අගුල* රැස්වීම* zh: 自行车 單車 车锁
        密码锁 挂锁 会议 會議 投票 ja: 自転車 駐輪 南京錠 会議 ミーティング ウェビナー 投票 ko: 자전거 자물쇠 회의 미팅 투표 th: แม่กุญแจ
        กุญแจ ประชุม โหวต lo: ກະແຈ ປະຊຸມ km: សោ ប្រជុំ my: သော့ အစည်းအဝေး id: gembok rapat ms: mesyuarat tl: kandado pulong iboto sw: kufuli
        mkutano kura am: ቁልፍ ስብሰባ* ha: makulli taro eu: giltzarrapo* bilera* gl: cadeado reunion ca: cadenat reunio cy: clo cyfarfod ga:
        glas cruinniu af: hangslot vergadering so: quful shir zu: ukhiye umhlangano da: cykellaasen* es: visitante visitantes pt:
        visitante fr: visiteur* it: visitatore visitatori de: besucher* nl: bezoeker* pl: odwiedzajac* ru: посетител* пропуск* uk:
        відвідувач* перепустк* bg: посетител* kk: қонақ* келуші* tr: ziyaretci* az: ziyaretci* ziyarətçi* el: επισκεπτ* he: מבקר מבקרים
        ar: زاير زوار للزوار زياره fa: مهمان بازديدكننده ur: مهمان hi: आगंतुक* विज़िटर* विजिटर* bn: অতিথি ভিজিটর* ta: பார்வையாளர்* te:
        సందర్శక* kn: ಸಂದರ್ಶಕ* ml: സന്ദർശക* zh: 访客 訪客 门卫 ja: 来訪 入館 ko: 방문객 방문증 출입증 th: ผู้มาติดต่อ id: tamu pengunjung ms:
        pelawat fr: cles
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
        en: agent merchant withdrawal challan
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
        vend vending snack dispenser turnstile
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
        zh: 券码 卡密 礼品码
        """,
    signals.PICKUP | signals.CODE: """
        zh: 取件码 取货码 提货码 取餐码 开箱码 取件碼 de: abholcode* no: hentekode* hentekod* ja: 受取コード
            受け取りコード
        zh: 乘车码 上车码 接驾码 收货码 寄件码 开柜码 乘車碼 上車碼 取貨碼 收貨碼 取書碼
        """,
    signals.OTHER | signals.CODE: """
        en: sourcecode qrcode zipcode postcode errorcode zh: 二维码 源代码 邮政编码 错误代码 错误码 商品代码
            股票代码
        ja: ソースコード エラーコード 郵便番号  ko: 오류코드 에러코드
        en: pincode hs
        zh: 门锁密码 门禁密码 无线密码 房间密码
        查询密码 查詢密碼 报告密码 門鎖密碼 門禁密碼 房間密碼 無線密碼 房门密码 房門密碼 大門密碼
        lo: ລະຫັດລູກຄ້າ ລະຫັດສິນຄ້າ km: លេខកូដអតិថិជន លេខកូដទំនិញ
        th: รหัสสาขา รหัสห้อง รหัสประตู รหัสตู้ รหัสไวไฟ
        ko: 입장코드 출입번호 현관번호 도어락번호 停车码 访客码 取药码 寄存码 开门码 開門碼 訪客碼 入住码
        """,
    signals.RECEIPT | signals.REF: """
        en: rrn appcode apprcode approvalno slip es: comprobante pt: comprovante it: scontrino terminale fr: de: kassenbon kassenbeleg
        nl: kassabon pinbon pl: paragon* cs: uctenk* sk: blocek hu: blokk* nyugta ro: bonul chitanta sr: слип терминал hr: slip tr: fiş
        fis fisi fisiniz slipi provizyonu mk: слип bg: авт касов* бон терминал* терминал ru: чек чека терминал* авт чеке uk: чек
        термінал* be: чэк kk: чек терминал* ky: чек uz: chek az: qəbz qebz ka: ქვითარ* ტერმინალ* hy: կտրոն* տերմինալ* el: αποδειξη*
        τερματικ* he: קבלה מסוף ar: ايصال تفويض التفويض fa: پايانه ارجاع ur: رسيد hi: रसीद* टर्मिनल* bn: রসিদ* রশিদ* টার্মিনাল* mr: पावती*
        ne: रसिद* gu: રસીદ* pa: ਰਸੀਦ* ta: ரசீது* te: రసీదు* kn: ರಸೀದಿ* ml: രസീത* si: රිසිට්* zh: 参考号 參考號 终端号 終端機 商户号 商戶
        凭证号 批次号 交易成功 小票 签购单 授权号 刷卡消费 刷卡消費 ja: レシート 端末番号 領収 ko: 영수증 승인번호 th: ใบเสร็จ
        เครื่องรูดบัตร vi: id: struk ms: resit tl: resibo sw: risiti am: ደረሰኝ* so: rasiidh* bg-latin: avt
        """,
    signals.RECEIPT | signals.CODE: """
        zh: 授权码 授權碼
        """,
}
