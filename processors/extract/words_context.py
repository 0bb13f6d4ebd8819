"""Words that say what else a number is, by language: `stem*` for words that begin so, `*stem` for those that end so."""

from typing import Final

from processors.extract import signals

STEMS: Final[dict[int, str]] = {
    signals.MONEY: """
        en: amount balance rs inr usd eur gbp aed sar egp pkr ngn kes tzs ugx zar php idr myr sgd thb vnd rub uah
            kzt uzs pln czk huf ron bgn sek nok dkk isk chf cad aud nzd brl mxn ars clp cop pen try jpy krw cny rmb
            hkd twd ksh tsh ghs etb bdt lkr npr dollar* euro euros pounds rupee* cash price fee salary payment paid
            pay total worth bill
        es: saldo importe monto precio pesos pago pagar soles  pt: valor preco reais pagamento
        fr: montant solde prix paiement  it: importo prezzo pagamento
        de: betrag guthaben zahlung preis kontostand  nl: bedrag betaling prijs  sv: belopp summa kr kronor
        da: belob beloeb betaling  no: belop  fi: summa maksu  et: makse  lv: maksajum*  lt: mokejim* likutis suma
        pl: kwot* saldo zl zlotych platnosc*  cs: castk* zustatek kc platb*  sk: sum*
        hu: osszeg* egyenleg* ft forint  sl: znesek*  hr: iznos* kuna stanje  sr: дин износ*
        bg: сума лв лева баланс*  ru: сумм* баланс* руб* р рублей оплат* платеж*  uk: грн сум* баланс*
        kk: тг теңге тенге баланс*  uz: som сум  mn: төгрөг  tr: tutar* bakiye* tl lira  az: manat mebleg məbləğ
        el: ποσο* υπολοιπο*  he: סכום* יתרה* שח תשלום  ar: مبلغ* رصيد* ريال* درهم* جنيه* دينار*
        fa: مبلغ* موجودي* تومان ريال  ur: روپي رقم  hi: राशि रुपये रुपए रु बैलेंस*  bn: টাকা ব্যালেন্স*
        gu: રૂપિયા pa: ਰੁਪਏ ta: ரூபாய் ரூ te: రూపాయ* రూ kn: ರೂ ml: രൂപ zh: 余额 餘額 金额 金額 消费 消費 支付
            价格 人民币
        ja: 金額 残高 支払 料金 ko: 잔액 금액 결제 th: จำนวนเงิน ยอด บาท คงเหลือ lo: ກີບ km: រៀល ដុល្លារ my:
            ကျပ်
        vi: tiền dư vnđ vnd đồng  id: saldo nominal rp jumlah rupiah  ms: baki rm  tl: halaga piso
        sw: kiasi salio shilingi  am: ብር  ro: suma sold lei
        zh-tw: 元整 新台幣 港幣 ru-latin: balans dostupno oplata el-latin: ypoloipo poso hi-latin: paise rupaye rupay bakaya
        ar-latin: rasidak raseed mablagh bg-latin: salda
        ta: இருப்பு* te: బ్యాలెన్స్* kn: ಬ್ಯಾಲೆನ್ಸ್* ml: ബാലൻസ്* gu: બેલેન્સ* બાકી રૂ mr: शिल्लक* रक्कम* ne: रकम* मौज्दात pa: ਬਕਾਇਆ* ਰੁ or: ବାଲାନ୍ସ*
        ଟଙ୍କା as: টকা বেলেঞ্চ* si: ශේෂය* රු රුපියල් ur: بيلنس* km: សមតុល្យ my: လက်ကျန် am: ቀሪ so: haraaga zu: ibhalansi ha: saura naira sq:
        bilanc* gjendja leke hy: մնացորդ* դրամ ka: ნაშთი* ლარი თანხა be: рэшта руб az: balans* qaliq qalıq kk: қалдық* ky: калдык uz:
        qoldiq tg: боқимонда сомонӣ tk: galyndy manat tt: калдык mn: үлдэгдэл* he: יתרתך et: saldo summa is: upphaed innistaeda lv:
        atlikums summa sl: stanje eur sk: zostatok mk: салдо износ* денари sr: стање bg: наличност* bg-latin: nalichnost ps: پاتې پيسې
        ckb: باڵانس* دينار eu: saldoa gl: saldo ca: saldo import cy: balans ht: balans goud mg: ariary rw: frw amafaranga
        """,
    signals.REF: """
        pt: leitura  hr: clana clanski*
        es: participante* candidato* legajo  fr: dossard allocataire  it: pettorale  pl: startowy wniosku  pt: inscricao  ro: dosarul*
        sw: ombi maombi malalamiko  lv: pieteikum* iesniegum*  et: asjanumber taotlus*  fi: hakemu* diaarinumero  lt: bylos  sl: zadeve
        id: permohonan*  az: muraciet*
        pl: e-recept* recepta recepty uslug* it: ricetta de: *referenz ru: услуг*
        en: user booked client statement document message messages es: cliente* producto* socio pt: cliente*
            produto* fr: client* produit* it:
            cliente* prodotto* de: kundencode produkt* artikel*
        nl: klant* artikel* sv: kund* artikel* da: kunde* vare* fi: asiakas* tuote* pl: klient* produkt* cs:
            zakaznic* vyrobk* hu: ugyfel* termek* ro: client* produs*
        el: πελατ* προιοντ* κρατησ* ru: клиент* бронир* товар* паспорт* uk: клієнт* бронюв* товар* bg: клиент*
            продукт* tr: musteri* urun* az: müştəri* ar: عميل* منتج*
        fa: مشتري محصول* ملي hi: ग्राहक* उत्पाद* he: לקוח* מוצר* id: pelanggan barang produk tiket ms:
            pelanggan produk vi: sản đặt chỗ  th: สินค้า ลูกค้า สมาชิก ตั๋ว
        zh: 商品 产品 產品 会员 會員 客户 取票 股票 车牌 合同 ja: お客様 会員 商品 製品 チケット 乗車 ko: 상품
            제품 고객 회원 티켓 sw: bidhaa mteja tl: produkto
        en: order orders invoice ref reference refno ticket tickets booking reservation pnr id case claim
            application policy docket complaint flight transaction txn trx utr rrn imps neft upi receipt waybill awb
            consignment shipment serial imei request appointment queue subscriber consumer reg registration member
            membership customer loan emi
        es: pedido* factura* referencia reserva* ticket boleto solicitud expediente vuelo transaccion* folio
        pt: encomenda nota fatura protocolo voo transacao*  fr: commande* facture* reference dossier vol billet
        it: ordine fattura riferimento prenotazion* pratica
        de: bestell* auftrag* rechnung* *nummer vorgang* kunden* referenz* flug ticket* buchung*
        nl: bestelling* factuur* ordernummer klantnummer referentie boeking*
        sv: ordernr* faktura* ärende* bokning* order*  da: ordre* bestilling* sag  no: sak
        fi: tilaus* lasku* viite* varaus*  et: tellimus* arve*  lv: pasutijum* rekin*  lt: uzsakym* saskait*
        pl: zamowien* faktur* rezerwac* bilet*  cs: objednavk* faktur* rezervac*  sk: objednavk*
        hu: rendeles* szamla* foglalas*  sl: narocil* racun*  hr: narudzb* rezervacij*  sr: наруџбин* поруџбин*
        bg: поръчк* фактур* резервац*
        ru: заказ* счет* счёт* квитанц* бронь бронир* билет* заявк* рейс* договор* транзакц* операци*
        uk: замовлен* рахун* квит*  be: замов*  kk: тапсырыс*  uz: buyurtma*  mn: захиалга*
        tr: siparis* fatura* rezervasyon* bilet* referans* basvuru* islem*  az: sifariş* qaimə*
        el: παραγγελι* τιμολογι* κρατησ*  he: הזמנה* הזמנת חשבונית* אסמכתא*  ar: طلب* فاتور* حجز* مرجع* معامل*
        fa: سفارش* فاكتور* رزرو* تراكنش* پيگيري  ur: آرڈر  hi: ऑर्डर* बुकिंग* संदर्भ  bn: অর্ডার*
        zh: 订单 訂單 单号 單號 编号 編號 流水号 航班 车次 取餐 排队 ja: 注文 予約 受付 伝票 問い合わせ番号
            お客様番号 会員番号 ko: 주문 예약 접수 송장 운송장
        th: คำสั่งซื้อ ใบแจ้งหนี้ อ้างอิง หมายเลขคำสั่ง เลขที่ จอง  lo: ສັ່ງຊື້  km: បញ្ជាទិញ  my: အော်ဒါ
        vi: đơn hóa  id: pesanan* tagihan* faktur* invois reservasi referensi transaksi* resi
        ms: tempahan rujukan  sw: agizo muamala  am: ትዕዛዝ  ro: comand* factur* rezervar*  he: הזמנה
        en: protocol rota seat roll   prescription rx meter reading donor patient mtcn folio contract agreement lodgement
            donation
        es: turno localizador matricula contrato poliza medidor suministro reclamo tramite cita
        pt: protocolo contrato apolice matricula agendamento recibo contador
        fr: contrat adherent abonne compteur rdv ticket  it: contratto pratica polizza matricola contatore
        de: vertrag* zahler* termin* aktenzeichen beleg* wartenummer vorgangsnummer mitglied*
        nl: contract* polis* meterstand afspraak* dossier* volgnummer  sv: avtal* medlems* matar* kundnr
        da: aftale* medlems* maler* sags*  no: avtale* medlems* maler* saksnummer  fi: sopimus* jasen* mittari* aika
        is: pontun* reikningsnumer* malsnumer*  et: leping* klient* viitenumber broneering* naidu
        lv: ligum* klient* rezervac* skaititaj* vizit*  lt: sutart* klient* rezervac* skaitikl* vizit*
        pl: umow* polis* licznik* wizyt* spraw* zgloszen*  cs: smlouv* elektromer* rezervac* spis* jednac*
        sk: zmluv* faktur* rezervac* zakaznic*  hu: szerzodes* mero* idopont* ugyszam* sorszam
        ro: contract* programare contor dosar bilet  sl: pogodb* narocnin* stevec* rezervac* stranka*
        hr: ugovor* brojil* termin* korisnik*  bs: ugovor* narudzb* racun*  sr: уговор* корисник* бројил* термин*
        mk: договор* нарачк* резервац* клиент*  bg: договор* заявк* заявлени* електромер* билет*
        ru: заявлен* обращен* талон* очеред* абонент* показани* лицев* полис*  uk: заявк* звернен* талон* договір*
        абонент* показник* лічильник*  be: дагавор* квітанцы* чарг*  kk: өтініш* шарт* кезек*  ky: өтүнмө* кезек*
        uz: ariza* shartnoma* navbat*  mn: гэрээ* дугаар  az: muraciet* muqavile* novbe*  sq: porosi* fature* rezervim*
        tr: randevu* tesisat* abone* police* sozlesme* sira provizyon dekont  el: αιτησ* ραντεβου* συμβολαι* παροχ* προτεραιοτητ*
        hy: պատվեր* պայմանագ* հերթ*  ka: შეკვეთ* ხელშეკრულ* რიგ* განაცხად*  he: תור פניה פוליסה מונה הזמנתך בקשה
        ar: موعد* عقد* بلاغ* شكوي* عداد* وثيقه مراجع*  fa: نوبت* قرارداد* قبض* پرونده شناسه اشتراك*
        ur: شكايت* درخواست*  حواله*  hi: शिकायत* क्रमांक आवेदन* उपभोक्ता* बिल* रोल  mr: तक्रार* ग्राहक* अर्ज*
        ne: उजुरी* ग्राहक* निवेदन*  bn: অভিযোগ* আবেদন* গ্রাহক* বিল* ক্রমিক* রোল  gu: ફરિયાદ* ગ્રાહક* અરજી*
        pa: ਸ਼ਿਕਾਇਤ* ਗਾਹਕ*  ta: புகார்* முன்பதிவு* நுகர்வோர்*  te: ఫిర్యాదు* బుకింగ్* వినియోగదారు*
        kn: ದೂರು* ಬುಕಿಂಗ್*  ml: പരാതി* ബുക്കിംഗ്*  zh: 户号 戶號 电号 電號 保单 工单 排号 挂号 发票 受理号
        ja: 診察券 整理券 検針 契約 保険証券 受付番号 整理番号 お客さま番号  ko: 고객번호 계약번호 대기번호 접수번호 예약번호
        th: คิว ใบเสร็จ สัญญา มิเตอร์ นัดหมาย  vi: khieu hồ sơ hợp phiếu  id: antrian kontrak meteran laporan
        ms: aduan rujukan kontrak giliran  tl: reperensiya pila kontrata  sw: ankara mkataba foleni kumbukumbu
        ur: بل
        it: impegnativa ambulatorio ricetta en: stay nights itinerary checkin  hotel boarding departs departure
        departing clinic  suite venue sr lodging suite es: asiento estancia pt: assento guiche estadia fr: siege
        sejour de: aufenthalt sitzplatz it: soggiorno  pl: pobyt miejsce ru: место вагон поезд
        vi-latin: hang ca: visita de: vergleichswert kontrollwert ru-latin: zakaz zakaza zakazu nomer talon zayavka
        bron el-latin: paraggelia kratisi hi-latin: shikayat bill zh-tw: 訂位 預約 掛號 車票 票券 帳單 繳費 序號 uk-latin: zamovlennya
        es: vuelos embarque asiento asientos localidad localidades examen matriculas pt: voos embarque assentos ingresso* exame fr: vols
        embarquement siege examen billets ordonnance it: volo imbarco biglietto biglietti esame posto esami de: flugs bahnticket sitz
        abflug kennzeichen prufung* matrikel* wartenr ticketnr nl: vlucht instappen examen kenteken kaartje sv: bokningsnummer flyg*
        biljett* plats regnr koe da: flyafgang billet* eksamen* nummerplade plads no: billett* eksamen* flyvning bilskilt fi: lippu liput
        lento lennon paikka tentti vuoronumero* rekisterinumero is: flug* midi saeti et: lennu pilet* istekoht eksam* jarjekorr* lv:
        lidojum* biletes vieta eksam* rindas lt: skrydis skrydzi* bilieta* vieta egzamin* eileje pl: lot lotu miejsca egzamin* kolejk*
        cs: letu letenk* jizdenk* sedadl* zkousk* spz poradi sk: lietadl* listok* listky sedadl* skusk* hu: jarat* jegy* ules* vizsga*
        rendszam* sorszamod ro: zbor* bilet* examen inmatriculare sl: leta sedez izpit* hr: leta sjedalo ispit* sr: лет лета седишт*
        испит* таблиц* ред mk: лет билет* седиште испит* bg: полет* билет място изпит* опашк* табела ru: посадк* экзамен* рейса
        автомобил* госномер uk: посадк* іспит* рейс* квиток місце вагон прийом be: рэйс* білет* іспыт* kk: рейс* билет* емтихан* орын
        брон* ky: каттам* билет* сынак* uz: reys* chipta* imtihon* bron* poyezd navbat tg: парвоз* чипта* имтиҳон* навбат* tk: petek*
        synag* nobat* tt: билет* имтихан* чират* mn: нислэг* тасалбар* суудал* шалгалт* ээлж* az: reys* ucus* bilet* imtahan* növbə*
        rezerv* bron* tr: ucus* ucak koltuk* bileti sinav* plaka* siraniz peron sefer randevunuz sq: fluturim* bileta bilete provim*
        radha el: πτηση* εισιτηρι* εξετασ* πινακιδ* ουρα hy: չվերթ* տոմս* նստատեղ* քննությ* ամրագր* հերթի ka: რეის* ბილეთ* ადგილი გამოცდ*
        ჯავშან* დაჯავშნ* ნომრიანი he: טיסה טיסת מושב בחינה רכבת תורך ar: رحله رحلتكم تذكره تذاكر مقعد امتحان* نتيجه* نتايج دورك لوحه
        سياره fa: بليط* پرواز* صندلي ازمون* كنكور نوبتدهي داوطلب ur: ٹكٹ* پرواز* نشست بكنگ* امتحان* رول رزلٹ نتيجه ps: الوتنه* ټكټ*
        ازموينه* ckb: گهشت* بليت* تاقيكردنهوه* hi: उड़ान* टिकट* सीट परीक्षा* परिणाम* अनुक्रमांक आरक्षण* पीएनआर ट्रेन कोच mr: परीक्षा* तिकीट*
        आसन बैठक ne: परीक्षा* टिकट* उडान* सिट नतिजा सिम्बोल bn: টিকিট* টিকেট* পরীক্ষা* ফলাফল* ফ্লাইট* আসন ট্রেন as: টিকট* পৰীক্ষাৰ ফলাফল* ৰোল*
        gu: ટિકિટ* પરીક્ષા* પરિણામ* ફ્લાઇટ* સીટ pa: ਟਿਕਟ* ਪ੍ਰੀਖਿਆ* ਨਤੀਜਾ ਫਲਾਈਟ ਬੁਕਿੰਗ* ਰੋਲ or: ଟିକେଟ* ପରୀକ୍ଷା* ଫଳ ବୁକିଂ* ta: டிக்கெட்* விமான*
        இருக்கை* மதிப்பெண்* ரயில்* te: టికెట్* టిక్కెట్* పరీక్ష* ఫలితా* విమాన* సీటు kn: ಟಿಕೆಟ್* ಪರೀಕ್ಷೆ* ಫಲಿತಾಂಶ* ವಿಮಾನ* ಆಸನ ml: ടിക്കറ്റ്* പരീക്ഷ* ഫലം
        വിമാന* സീറ്റ് si: ප්රවේශපත්* විභාග* ගුවන් ඇණවුම* වෙන්කිරීම* ප්රතිඵල* th: เที่ยวบิน ที่นั่ง ทะเบียนรถ lo: ຖ້ຽວບິນ ຈອງ km: ជើងហោះហើរ កក់
        សំបុត្រ my: လေယာဉ် ဘိုကင် လက်မှတ် စာမေးပွဲ vi: vé ghế sbd id: penerbangan ujian kursi nopol plat antrean ms: penerbangan peperiksaan
        kerusi tl: upuan eksamen pila sw: tiketi ndege mtihani nafasi uhifadhi foleni am: በረራ* ቀጠሮ* ትኬት* ፈተና* ወረፋ* so: tikidh* imtixaan*
        duulimaad* ballan* ha: jarrabawa tikiti zu: ithikithi ukubhukha isivivinyo xh: itikiti rw: itike ikizamini indege mg: tapakila
        fanadinana ht: tikè vòl egzamen ga: ticead eitilt cy: tocyn hediad arholiad apwyntiad mt: titjira biljett ezami eu: hegaldi*
        azterketa* gl: billete exame af: vlug kaartjie eksamen sitplek zh: 座位 登机口 值机 检票 预约 准考证 考试 考生 成绩 座號 候補
        叫号 取号 车牌号 ja: 搭乗 便名 座席 受験番号 受験 座席番号 診察 ko: 탑승 좌석 예매 수험번호 항공편 진료 차량번호 대기순번 회원번호
        주문번호 등록번호 관리번호 사업자번호 참가번호
        좌석번호 응시번호 en: flights seats exams rollno applicant applicants candidate plate numberplate boarded gates ticketno orderno
        th: ผลสอบ เข้าสอบ เลขที่นั่งสอบ sv: tentamen en: terminal es: receta recetas fr: ordonnances de: rezept* nl: recept sv: recept* pl:
        recepta recepty recept* erecept* cs: recept* erecept* hr: recept* ro: reteta retete lt: recept* lv: recept* et: retsept* fi:
        resept* sr: рецепт* bg: рецепт* ерецепт* ru: рецепт* uk: рецепт* єрецепт* ерецепт* погашен* kk: рецепт* tr: recete* az: resept*
        el: συνταγ* he: מרשם מרשמים ar: وصفه وصفتك zh: 处方 處方 药房 取药 领药 ja: 処方 薬局 ko: 처방전 약국 th: ใบสั่งยา รับยา id: resep
        vi: thuốc hi: दवा दवाई पर्चा te: కస్టమర్* kn: ಗ್ರಾಹಕ* ಕಸ್ಟಮರ್* ml: ഉപഭോക്ത* കസ്റ്റമർ*
        ta: வாடிக்கையாளர்* be: кліент* el: μελους hi: सदस्यता bn: সদস্য* ka: კლიენტის მომხმარებლის აბონენტ* hy: հաճախորդի
        բաժանորդ* am: የደንበኛ mn: захиалгын хэрэглэгчийн sr: производа mk: производот uk: маркуван* ru: маркировк*
        """,
    signals.ACCT: """
        blik en: account acct ac card cards debit credit  es: cuenta tarjeta  pt: conta cartao  fr: compte carte
        it: conto carta  de: konto karte kartennummer  nl: rekening kaart  sv: kort konto  da: kort
        fi: kortti tili*  pl: kont* kart*  cs: uct* kart*  hu: kartya* szamla  ru: карт* счёт*  uk: карт*
        tr: hesap* kart*  el: καρτα* λογαριασμ*  he: כרטיס* חשבון*  ar: حساب* بطاق*  fa: حساب* كارت*
        hi: खाते खाता कार्ड* bn: অ্যাকাউন্ট* zh: 账户 帳戶 账号 尾号 卡号 银行卡 ja: 口座 カード ko: 계좌 카드
            th: บัญชี บัตร
        vi: tài thẻ  id: rekening akun kartu  sw: akaunti  ro: cont card  ms: akaun kad  tl: akawnt
        ca: compte targeta  gl: conta  eu: kontu*  no: konto kort  is: reikning* korti kortinu  et: konto kontol* kaart*
        lv: kont* kart*  lt: saskait* kortel*  sl: racun* kartic*  hr: racun* kartic*  sr: рачун* картиц*
        mk: сметк* картичк*  bg: сметк* карт*  be: рахун* карт*  kk: шот* карта*  ky: эсеп* карта*  mn: данс*
        uz: hisob* karta*  az: hesab* kart*  sq: llogari* kart*  hy: հաշ* քարտ*  ka: ანგარიშ* ბარათ*
        ur: اکاؤنٹ* کارڈ*  ps: حساب*  bn: হিসাব* কার্ড*  mr: खात्या* खाती  ne: खाता* खातामा  gu: ખાતા* કાર્ડ*
        pa: ਖਾਤੇ* ਖਾਤਾ*  or: ଖାତା*  ta: கணக்கு* கணக்கில்*  te: ఖాతా*  kn: ಖಾತೆ*  ml: അക്കൗണ്ട* അക്കൗണ്ടി*  si: ගිණුම*
        lo: ບັນຊີ  km: គណនី  my: စာရင်း  am: ሂሳብ* ሒሳብ* ከሂሳብ*  so: akoonka*  om: herrega*  ha: asusun*
        """,
    signals.PHONE: """
        uz: raqamini  az: rəqəmini nömrəsini
        de: *notruf  it: chiami  sr: zovite pozovite  zu: ushayel* shayela  el-latin: kalese
        ru: номер* hi: संख्या
        en: phone mobile tel telephone helpline hotline call number contact unsubscribe report fraud dial ussd
            cellphone
            tollfree helpdesk fax
        no: telefon*  es: telefono numero llame llama llamar celular movil  pt: telefone ligue telemovel celular
        fr: telephone appelez numero  it: telefono chiama chiamare cellulare numero cellulare
        de: telefon* ruf rufen anruf* hotline handynummer  nl: bel bellen telefoon* nummer
        sv:  telefon* nummer  da:  telefon*  fi: puhelin* soita  et: telefon* helista  lv: talrun* zvaniet
        lt: tel telefon* skambink*  pl: zadzwon telefon* infolini*  cs: volejte telefon*
        hu: telefon* hivja telefonszam*  sl: pokliclite telefon*  hr: nazovite telefon*  sr: телефон* позовите
        bg: телефон* обадете  ru: телефон* звонит* тел позвоните звоните  uk: телефон* дзвоніть тел  kk: телефон*
        tr: arayin telefon* numara* numarali  el: τηλεφων* καλεστε  he: טלפון* חייגו התקשר*
        ar: اتصل* للاستفسار استفسار* شكوي هاتف* الاتصال جوال*  fa: تماس تلفن* شماره  ur: كال فون
        hi: फोन फ़ोन कॉल* नंबर bn: ফোন* কল নম্বর zh: 电话 電話 致电 热线 拨打 客服 手机号 手機 ja: 電話
            フリーダイヤル ko: 전화 고객센터 문의
        th: โทร โทรศัพท์ ติดต่อ  lo: ໂທ  km: ទូរស័ព្ទ  my: ဖုန်း  vi: gọi hotline tổng
        id: hubungi telepon telp nomor  tl: tumawag  sw: piga simu  am: ይደውሉ ስልክ  ro: sunati telefon* apelati
        en:  el: τηλ* καλεσ* uk: гаряч* ru: горяч* доверия ko: 신고 상담 콜센터 zh: 咨询 熱線 專線 专线 举报 舉報 反诈 反詐騙 反詐 ja:
        問合せ 連絡先 お電話 ご連絡 th: สายด่วน vi: đt  id: hub callcenter tr: cagri hi: हेल्पलाइन* bn: হেল্পলাইন* ar: الخط
        للتواصل تواصل للابلاغ الرقم fa: پشتيباني
        zh-tw: 電洽 客服專線 洽詢 ru-latin: telefon zvonite pozvonite hi-latin: sampark
        en: contactez contacter contactar contacte contacta contatta contattaci contattare contate contato contacto comuniquese
        comunicate kontakt* hotlines dialing landline es: telefonica llamenos llamanos marque pt: ligar disque fr: joignable it: chiamaci
        centralino de: rufnummer* nl: sv: ringa da: ringe no: ringe fi: soittamalla soittaa is: hringdu hringja simanumer* et: helistage
        lv: zvani zvanit lt: skambinkite pl: infolinia zadzwonic cs: zavolejte volat sk: volajte zavolajte hu: hivhato hivhat* ro:
        apelati sl: poklic* hr: nazvati sr: позов* mk: јавете побарајте bg: обадете телефона ru: звонок звонка колл uk: дзвоніть
        зателефонуйте телефонуйте be: тэлефан* тэлефануйце званіце kk: қоңырау* хабарлас* байланыс* ky: чалыңыз* байланыш* uz: murojaat*
        aloqa* iroq qongiroq* tg: тамос* занг tk: habarlas* jaň tt: шалтырат* mn: утас* утсаар лавлах* холбогд* залга* az: zəng* zeng*
        elaqe* əlaqə* sq: telefono* telefononi kontakto* el: τηλεφωνο* επικοινων* hy: զանգ* կապվ* հեռախոս* ka: დარეკ* დაგვიკავშირ* ცხელი
        ტელეფონ* he: מוקד פנו לפרטים ar: اتصلوا اتصال خط ساخن fa: بگيريد تلفني ur: رابطه* فونز ps: اړيكه* اړيكې* زنگ ckb: پهيوهندي*
        تهلهفۆن* ug: تېلېفون* dv: ގުޅު* ގުޅުއް* hi: संपर्क* सम्पर्क* कॉलसेंटर mr: संपर्क* कॉल* ne: सम्पर्क* फोन bn: যোগাযোগ* হটলাইন* as:
        যোগাযোগ* ফোন gu: સંપર્ક* કૉલ* કોલ* ફોન હેલ્પલાઇન* pa: ਸੰਪਰਕ* ਕਾਲ ਫੋਨ ਹੈਲਪਲਾਈਨ* or: ଯୋଗାଯୋଗ* କଲ୍ ଫୋନ ta: அழைக்க* அழையுங்* தொடர்பு*
        தொலைபேசி* உதவிஎண் te: కాల్* సంప్రదిం* ఫోన్ హెల్ప్లైన్* kn: ಕರೆ ಕರೆಮಾಡಿ ಸಂಪರ್ಕಿಸ* ಫೋನ್ ml: വിളിക്ക* വിളിച്ച* ബന്ധപ്പെട* ഫോൺ si: අමතන්න ඇමතුම*
        දුරකථන* විමසීම්* th: โทรหา คอลเซ็นเตอร์ lo: ຕິດຕໍ່ ສາຍດ່ວນ km: ទំនាក់ទំនង ហៅទូរ សេវាអតិថិជន my: ဆက်သွယ် ခေါ်ဆို vi: id: teleponlah ms:
        hubungi talian tl: tumawag tawag tawagan sw: wasiliana pigia ha: tuntub* ig: kpọọ kpoo zu: shayela* xh: tsalela* fowunela* st:
        letsetsa tn: leletsa sn: fonera rw: hamagara mg: antsoy ht: rele af: skakel kontak so: wac xiriir xidhiidh am: ደውሉ ደውል* ስልካችን ti:
        ደውሉ* om: bilbil* bilbilaa ga: glaoigh cy: ffoniwch ffonio mt: cempel ikkuntattja eu: deitu* gl: chame ca: truqueu truca trucar
        zh: 致電 电联 打電話 热线电话 ja: 電話番号 お問合わせ ko: 전화주세요 연락처 문의처 ru-latin: tel zvonite el-latin: kaleste
        hi-latin: helpline be: тэл hy: հեռ ka: ტელ he: טל uz: тел kk: тел ur: شكايات el: τηλ
        """,
    signals.SENDBACK: """
        en: forward tell give dime dile dimmi sag donne скажите назовите продиктуйте soyle soyleyin reply
            accidentally mistakenly send
        es: reenvia* reenvie* enviame mandame responde*  pt: encaminhe envie manda responda
        fr: renvoyez renvoie envoie envoyez transfere* repondez  it: inoltra* rispondi mandami inviami
        de: weiterleite* zuruckschicken schick schicke sende antworte* versehentlich  nl: doorsturen stuur
        pl: odeslij przeslij wyslij  cs: prepos* posli  hu: kuldd  ru: перешли* скинь отправьте пришли* отправь
        uk: перешли* надішли* надішліть  tr: gonder* iletir  ar: ارسل*  fa: بفرست* ارسال  hi: भेज*  ja: 転送 送って
        zh: 发给我 转发给我 发我  ko: 보내주 전달해  vi: gửi  id: kirim* teruskan  sw: nitumie tuma  ro: trimite*
        el: στειλε en: forwarding dictate es: enviarnos enviarme envienos reenviar facilite dicte dicteme pt: encaminhar mande fr:
        transmettez it: invii invia inviaci inoltri comunichi comunicaci fornisca de: weitersenden ubermitteln durchgeben nl: stuurt
        doorgeven doorsturen sv: skicka vidarebefordra svara da: videresend svar oplys no: videresend svar fi: valita et: edasta saatke
        lv: parsutiet nosutiet lt: persiuskite atsiuskite pl: przekaz podyktuj cs: preposlete poslete sk: posli preposli hu: tovabbits*
        kuldje kuldjed ro: retrimite sl: poslji posreduj hr: posalji posaljite proslijedi sr: пошаљи пошаљите проследи posalji prosledi
        mk: испрати испратете bg: изпрати изпратете препрати продиктувай* ru: пришлите вышли вышлите uk: продиктуйте скажи назвіть be:
        дашліце перашліце kk: жіберіңіз жіберші ky: жибериңиз uz: yuboring yubor tg: фиристед az: gonderin göndərin tr: iletin yollayin
        yolla sq: dergoni dergo el: στειλτε προωθησ* hy: ուղարկեք ուղարկիր ka: გამომიგზავნ* გამოგზავნ* he: שלח שלחי שלחו תשלח תעביר העבר
        ar: ارسلي ابعت ابعث fa: بفرستيد بفرست ur: بهيجيں بهيج ps: وليږئ hi: भेजो भेजें भेजिए bn: পাঠান mr: पाठवा पाठव ne: पठाउनुहोस् पठाऊ
        gu: મોકલો pa: ਭੇਜੋ or: ପଠାନ୍ତୁ ta: அனுப்பவும் அனுப்புங்கள் அனுப்பு te: పంపండి పంపించండి kn: ಕಳುಹಿಸಿ ml: അയക്കൂ അയയ്ക്കുക അയച്ചുതരൂ si: එවන්න
        th: ส่งต่อ ส่งมา lo: ສົ່ງມາ km: ផ្ញើមក my: ပို့ပေး vi: id: balas forwardkan ms: hantar majukan tl: ipasa ipadala sw: tutumie nitumieni
        am: ላኩልኝ ላክልኝ zu: thumela ngithumele xh: thumela ndithumele st: romela rw: ohereza mg: alefaso ht: voye af: stuur aanstuur so:
        iisoo zh: 傳給我 告诉我 报给 ja: 送信して 教えてください ko: 보내주세요 알려주세요 불러주세요
        """,
    signals.DONE: """
        en: debited credited withdrawn withdrawal transferred deposited spent purchased received refunded credited
            purchase due recharged deposit transfer sent bought ordered
        es: compra* retiro transferencia* cargo abono  recibiste
        pt: compra* saque transferencia debito  recebeu pix  fr: achat virement retrait prelev* debite
        it: acquisto bonifico prelievo addebit* accredit*
        de: abgebucht uberweisung* ueberweisung* umsatz gutschrift abbuchung kauf
        ca: compra transferencia carrec  gl: compra transferencia  is: greidsla* uttekt*
        lt: nurasyt* iskait*  lv: parskaitij* noraksti*  sk: platba prevod* nakup*  sr: куповин* уплат* исплат*
        mk: купув* уплат* наплат*  bg: покупк* превод* изтеглен* постъпил*  be: пакупк* перавод* спісан* залічан*
        kk: сатып аудар* шешілді түсті  ky: которуу* которулду  uz: o'tkazma* yechildi tushdi xarid*  mn: зарлага орлого
        шилжүүл*  az: cixarildi koculdu medaxil mexaric  sq: blerje* transfert*  hy: գնում* փոխանց* գանձ*
        ka: ჩაირიცხ* ჩაგერიცხ* ჩამოგეჭრ* გადარიცხ*  ur: نكال* منتقل*  mr: जमा डेबिट* क्रेडिट*  ne: जम्मा कट्टा
        gu: જમા ડેબિટ* ક્રેડિટ*  pa: ਜਮ੍ਹਾਂ ਡੈਬਿਟ*  ta: டெபிட்* வரவு* பற்று*  te: డెబిట్* క్రెడిట్* జమ  kn: ಡೆಬಿಟ್* ಜಮಾ*
        ml: വരവ് ഡെബിറ്റ* ക്രെഡിറ്റ*  si: බැර* හර  am: ተቀንሷል ገቢ ወጪ  so: lagaa diray  ha: cire tura
        nl: overgemaakt afgeschreven overschrijving  sv: kop overforing uttag  da: kob overforsel
        no: kjop overforing  fi: ostos* siirto  et: ost ulekanne  lv: pirkum*  lt: pirkin* pervedim*
        pl: przelew* zakup* wyplat*  cs: platba prevod* nakup*  hu: vasarlas* atutalas* jovairas*  sl: nakup*
        hr: kupnj* uplata isplata kupovin*  ru: покупк* перевод* списан* зачислен* снят* поступлен*
        uk: покупк* переказ* списан* зарахуван*  tr: harcama* havale eft odeme* cekildi yatirildi alisveris*
        az: odenis* ödəniş*  el: αγορα* συναλλαγ* μεταφορα* χρεωσ*  he: רכישה* עסקה* העברה* חיוב* זוכה
        ar: شراء* سحب تحويل* ايداع* خصم* عملي*  fa: برداشت واريز* خريد* انتقال
        hi: डेबिट* क्रेडिट* जमा भुगतान* निकाल* लेनदेन bn: জমা লেনদেন* পেমেন্ট* zh: 消费 转账 轉帳 入账 支出
            收入 扣款 到账 交易
        ja: 引き落とし 振込 入金 出金 ご利用 決済 ko: 출금 입금 승인 이체 결제 th: โอน ถอน ฝาก ชำระ ซื้อ lo:
            ໂອນ km: ផ្ទេរ my: ငွေလွှဲ
        vi: giao dịch chuyển rút  id: transfer* pembelian pembayaran* penarikan*
        ms: pindahan pembelian pembayaran  tl: bayad  sw: umepokea umetuma malipo  ro: tranzacti* plata cumparat*
        ru-latin: pokupka perevod spisanie zachislenie snyatie el-latin: agora metafora hi-latin: kat jama nikale
        bheje ar-latin: sahb eda3 zh-tw: 消費 刷卡消費 轉出 轉入 入帳 已付款 bg-latin: plashtane pokupka sr-latin: kupovina
        en: topped reversed reversal es: cargado abonado abonada debitado acreditado consumo pt: debitado creditado estornado fr: debitee
        credite paye it: speso addebitati de: belastet gutgeschrieben bezahlt fi: ostit veloitettu et: debiteeritud laekus makstud lv:
        pirkums ieskaitit* lt: sumoketa pl: obciazon* uznan* cs: zaplaceno sk: zaplatene hu: terhel* ro: debitat creditat sl: placano
        nakazan* hr: naplaceno terecen* sr: задужен* mk: наплатено bg: платено постъпиха ru: оплачено be: аплачан* kk: төленді ky:
        төлөндү uz: tolandi tg: пардохт* tk: tolendi az: odenildi ödənildi sq: pagese* pagesa debituar kredituar el: χρεωθηκ* πιστωθηκ*
        hy: վճարվ* ka: გადახდ* ჩამოიჭრ* he: חויב חויבת זוכית ar: اضيف دفعت سداد fa: واريزي ur: ادائيگي* جمع ps: وركړه bn: ডেবিট* ক্রেডিট*
        pa: ਕ੍ਰੈਡਿਟ* or: ଡେବିଟ* ଜମା* as: জমা ডেবিট* te: డెబిట్* kn: ಪಾವತಿಸ* ta: செலுத்தப்ப* si: ගෙවීම* lo: ຊໍາລະ km: ដកប្រាក់ បានទូទាត់ my:
        ငွေပေးချေ sw: umelipa umetoa umetumiwa zu: ukhokhe ikhokhiwe ha: biya rw: wishyuye mg: nandoa ht: peye af: betaal afgetrek so:
        bixisay am: ከፍለዋል ar: التحويل* للتحويل* بالتحويل* zh: 交易成功 刷卡消费 刷卡消費
        """,
    signals.RECEIPT: """
        en: approved declined approval appr authcode auth  es: aprobad* autorizad* rechazad*
        pt: aprovad* autorizad*  fr: approuve* accepte*  it: approvat* autorizzat*  de: genehmigt* abgelehnt
        nl: goedgekeurd  sv: godkand*  da: godkendt  no: godkjent  pl: zaakceptowan*  cs: schvalen*
        hu: jovahagyva ru: одобрен* одобрена отказ tr: onaylandi el: εγκριθ* ar: مقبول* zh: 授权号 ja: 承認番号
        ko: 승인번호
        fr: autorisation
        el: εγκρισ* de: genehmigungsnummer autorisierungsnr tr: onaylandi it: aut en: apprvd autho th: อนุมัติ
        """,
    signals.FIRST: """
        en: me my i us  de: mir mich mein meine  es: mi me  pt: meu minha me  fr: moi mon mes  it: mi mio
        nl: mij mijn  pl: mi mnie moj  ru: мне мой меня мою  uk: мені мій мене  tr: bana benim  ar: لي
        fa: برام من  hi: मुझे मेरा  zh: 我  ja: 私  ko: 저에게 저한테  vi: tôi  id: saya  sw: yangu  ro: mie meu
        cs: mi muj  hu: nekem
        hy: ինձ sv: mig da: mig fi: minulle no: et: mulle lv: lt: sk: mne sl: mi hr: meni sr: мени bg: be: мне kk: маған ky: мага uz:
        menga az: mənə mn: надад ka: მომი* hy: ինձ el: μου he: לי אלי fa: برايم ur: مجهے hi: मुझको bn: আমাকে আমার mr: मला ne: मलाई gu:
        મને pa: ਮੈਨੂੰ ta: எனக்கு te: నాకు kn: ನನಗೆ ml: എനിക്ക് si: මට th: ให้ฉัน ให้ผม my: ငါ့ကို tl: sakin am: ለእኔ zu: ngithumele af:
        """,
    signals.TOWARDS: """
        to at on call an auf unter al en au aux sur au alla na pod på til till på numeru на по за في على पर को
        """,
    signals.DATE: """
        en: jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august
            september october november december monday tuesday wednesday thursday friday saturday sunday date year
            dated
        es: enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre fecha ano
        pt: janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro data
        fr: janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
        it: gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        de: januar februar marz juni juli oktober dezember datum jahr
        ru: января февраля марта апреля мая июня июля августа сентября октября ноября декабря год* дата
        tr: ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik tarih*  vi: ngày tháng năm
        id: tanggal tahun januari februari maret mei juni juli agustus oktober desember
        pl: stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia roku
        th: ปี วันที่
        """,
    signals.OLD: """
        en: old previous earlier former replaces instead ignore  es: anterior antiguo  pt: anterior antigo
        fr: ancien precedent  it: precedente vecchio  de: alter alte alten vorherige*  nl: oude vorige
        sv: gamla tidigare  fi: vanha edellinen  pl: stary poprzedni*  cs: stary predchozi  hu: regi korabbi
        ru: старый старого предыдущ* прежний  uk: старий попередн*  bg: стар предишн*  tr: eski onceki
        el: παλιο* προηγουμεν*  he: הקודם הישן  ar: سابق* قديم*  fa: قبلي قديمي  hi: पुराना पिछला  bn: পুরনো
        zh: 旧 之前的 ja: 以前の 古い ko: 이전 기존 th: เดิม เก่า vi: cũ id: lama sebelumnya ro: vechi anterior
        """,
    signals.LAST: """
        zh-tw: 末四碼 末四码 尾號 後四碼 后四位 後四位 末四位 en: ending ends last endin es: terminada termina
            terminado
        pt: terminado terminada final  fr: terminant finissant  it: termina*  de: endend endziffern endet
        nl: eindigend*  sv: slutar  da: slutter  pl: koncza* konczy*  cs: koncici  hu: vegzodo  ru: оканч* заканч*
        uk: закінч* tr: biten sonu el: ληγει ar: تنتهي منتهي zh: 尾号 末四位 ja: 下4桁 末尾 ko: 끝자리 th:
            ลงท้าย
        vi: cuối  id: berakhir berakhiran  ro: terminat*
        ca: acabat acabada es: acabado acabada terminacion pt: finaliza gl: rematada de: endziffer endnummer nl:
        eindigt lt: pasibaigianti sk: konciaca hr: zavrsava zavrsetka sr: завршава bg: завършваща he: מסתיים המסתיים
        hi: अंतिम zh:
        """,
    signals.NEUTRAL: """
        pl: odbiorca odbiorcy odbiorce odbiorcow  en: ticketmaster ticketswap numbers parcelforce ar: طلبات
        """,
    signals.UNIT: """
        en: mb gb kb tb km kg days line class item port version seat room suite table train meter house street avenue apt
            block floor unit page chapter channel points pts items miles people persons units hours hrs seats pcs
            percent steps calories coins stars votes likes followers views sqft
        es: puntos  pt: pontos  fr: points  de: punkte  ru: балл*  zh: 积分  ja: ポイント  ko: 포인트
        th: ชั้นที่ ja: ko: 층
        """,
}
