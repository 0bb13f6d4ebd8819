"""What the extractor answers for single messages: each promise of docs/extraction.md by example."""

from itertools import islice

import pytest

from processors.extract import Policy, explain, extract
from tests.corpus.measure import load

SILENT = Policy(min_score=100.0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your OTP is 043291", "043291"),
        ("G-482913 is your Google verification code.", "482913"),
        ("Your WhatsApp code: 123-456", "123456"),
        ("Your code is 12 34 56", "123456"),
        ("Use AB12CD to verify your login", "AB12CD"),
        ("Your verification code is QXZKPT.", "QXZKPT"),
        ("رمز التحقق الخاص بك هو ١٢٣٤٥٦", "123456"),
        ("Enter HXRCHQ to sign in to Evernote. This code expires in 10 minutes", "HXRCHQ"),
        ("Discover: 289436 is your temporary code. Never share it. We won't contact you for it", "289436"),
        ("验证码：１２３４５６", "123456"),
        ("Your code is 1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3", "1234"),
        ("您的验证码是123456请勿泄露", "123456"),
        ("【認証コード：482910】有効期限は10分です。", "482910"),
        ("【\ud800验证码482910】请勿泄露，5分钟内有效。", "482910"),  # half of a pair, as JSON can carry it
        ("Your verification code is 4829–1047", "48291047"),
        ("Your code is 482 910Do not share it", "482910"),
        ("Your code is **482910**", "482910"),
        ("Your code is _482910_", "482910"),
        ("Your login code is ***482913***", "482913"),
        ("Your login code is 482 913A. Do not share", "482913A"),
        ("Your one-time code is 585 – 974", "585974"),
        ("Transaction password 482913 INR 4821.00 card xx7712. Valid 180 secs", "482913"),
    ],
)
def test_code_is_as_one_would_type_it(text: str, code: str) -> None:
    """Zeros are kept; separators, brand prefixes, other scripts' digits and invisible marks are not typed."""
    assert extract(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OTP for Rs 5000.00 on card XX1234 at AMAZON is 482913", "482913"),
        ("Your OTP for 9876543210 is 123456", "123456"),
        ("Ref 884213. Your code: 5521", "5521"),
        ("Old code: 572392. New code: 239814", "239814"),
        ("12/03/2025 14:30 Your code is 5721", "5721"),
        ("【12306】验证码158642，30分钟内有效", "158642"),
        ("Emirates ID: 618381 is your UAE PASS verification code", "618381"),
        ("Üyelik girişi için 262547 kodunu gir. B026", "262547"),
        ("Fio: autorizace pokynu č. 482013, kód: ZKMX", "ZKMX"),
        ("Code de connexion à votre espace abonné : 29471830", "29471830"),
        ("TAC i-Akaun anda 518264 sah sehingga 10:32:13", "518264"),
        ("To finish signing in to the account ending 918 enter the following number: 370164. Call 191", "370164"),
        ("Dear taxpayer, 46808 is the EVC for verifying your ITR for AY 2026-27.", "46808"),
        ("Код подтверждения перевода 8062. Сумма 15000.00 RUR", "8062"),
        ("ລະຫັດ OTP ສຳລັບໂອນເງິນ 500000 ກີບ: 482910", "482910"),
        ("Оплата 5000 рублей. Код: 482910", "482910"),
        ("集保手掌握:您的驗證碼為482910(識別碼:3852),請於5分鐘內輸入", "482910"),
    ],
)
def test_first_number_is_not_taken_for_the_code(text: str, code: str) -> None:
    """Amounts, cards, phones, references, dates, brands and outdated codes do not distract."""
    assert extract(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "Use code SAVE20 to get 20% off your next order",
        "Your parcel is ready. Pickup code: 4821",
        "Your a/c XX1234 is debited for Rs.500 on 12-03-24. Ref 412345678901",
        "Never share your OTP with anyone. Call 1800111109",
        "I accidentally sent my code 482910 to you, please forward it to me",
        "Build failed with exit code 1379",
        "Delivery is available in zip code 90210",
        "Sign up today with invite code BHNG5KZ and get a free month.",
        "Zoom meeting ID 771 2950 3206. Passcode: 898312. Starts 19:57",
        "Your gym access code has changed to 4324#",
        "Enter my code 8MPDLA when you sign up and we both get $10",
        "Guess what, my code finally works after 2500 tries",
        "We will never ask for your one-time code. Fraud line 14444",
        "OTP Bank: kártyás vásárlás 82411 Ft SPAR 8286 egyenleg 21535 Ft",
        "Your payment confirmation number is 961770. Amount $53,295.38",
        "Text CODE to 61860",
        "Votre mot de passe a été modifié le 14/05 à 10h22",
        "Datos: has usado 18432MB de tu código de plan",
        "Never tell anybody your OTP. 1930",
        "Novo acesso em 23/11 as 14:22. Nao foi voce? 0800 4829",
        "Wachtwoord gewijzigd op 23-11 om 14:22. Niet u? 0900 0024",
        "Never share your OTP with anyone. 1930 is the helpline.",
        "Şifrenizi kimseyle paylaşmayın. 4440724 numaralı hattımızı arayın.",
        "Enter business number 482910, account 4829, then your PIN",
        "Kerkesa juaj me nr 482910 u regjistrua",
        "Müraciətiniz 482910 nömrəsi ilə qeydə alındı",
        "Verify and send the OTP code to our operator 3510482913",
        "Out for delivery. Give code 7714 to the wishmaster",
        "Booking number 3391820447, PIN 4410 for changes at the desk",
        "Receipt: $18.40. VISA 6610 Auth code 048291",
        "Пароль от WiFi: 48219331",
        "",
        "የይለፍ ቃልዎን ለማንም አይስጡ። ለበለጠ መረጃ 951 ይደውሉ",
        "새로운 기기 로그인. 본인이 아니면 1599-3333",
        "An OTP has been sent to your mobile number ending 4821. Enter it to verify your login.",
        "Код подтверждения отправлен на номер, оканчивающийся на 4821. Введите его для входа.",
        "验证码已发送至尾号4821的手机，请在5分钟内输入验证码完成验证。",
        "認証コードを末尾4821の携帯電話に送信しました。ログイン画面で入力してください。",
        "Use OTP to approve payment of ₹25000 at Flipkart. OTP valid for 5 minutes.",
        "Confirm your purchase of SEK 1299 with your one-time code in the app. Code expires in 5 min.",
        "Never share OTP, login password or PIN. Enter OTP only on trusted sites. Call 14440 for more.",
        "【建设银行】请仅在官方APP输入验证码登录。详询95533",
        "Too many wrong OTP attempts. Your login is locked for 30 minutes. Call 18004250 for help.",
        "Starting 1 April 2026, SMS OTP will be replaced by app authentication. Activate your digital token now.",
        "Il codice OTP è scaduto. Richiedi un nuovo codice o chiama il 4040.",
        "Your referral code is AB12CD. Share it with friends to earn $10.",
    ],
)
def test_silence_where_no_code_is_meant(text: str) -> None:
    """Promotions, pick-ups, receipts, warnings, phishing and the codes of doors, meetings and the like are no codes."""
    extraction = extract(text)
    assert extraction.code is None
    assert (extraction.raw, extraction.kind) == ("", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your X confirmation code is 9fk2mzxa. Don't reply to this message", "9fk2mzxa"),
        ("Kraken sign-in: h7Kx2Qm9 (case matters, 10 min)", "h7Kx2Qm9"),
        ("CoopVélo - clé d'activation du compte : K3-9912", "K39912"),
        ("Passwort vergessen? Token: TZ4-81Q (15 min)", "TZ481Q"),
        ("slovensko.sk: jednorazový kód pre zmenu kontaktu T7X2B", "T7X2B"),
        ("Código 7A4K9Q para confirmar transferencia de 1.200,00€", "7A4K9Q"),
        ("Enter this 6-digit code: 482913", "482913"),
    ],
)
def test_codes_of_letters_and_digits(text: str, code: str) -> None:
    """Small letters, dashes and a purpose tell a secret from a booking or a voucher; `6-digit` is a word."""
    assert extract(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La teva compra: escriu 15093 al web", "15093"),
        ("buna! pune 4821 in aplicatie", "4821"),
        ("voor je account bij ons: 8812 invullen graag", "8812"),
        ("βάλε στην εφαρμογή το 69513", "69513"),
        ("Please verify your number 4821", "4821"),
        ("Captura el numero 43235 para validar tu celular", "43235"),
        ("Vul het nummer 4829 in om in te loggen", "4829"),
        ("Uygulamaya 4829 numarasını girin", "4829"),
        ("Aapka code 380 hai", "380"),
        ("আপোনাৰ ক'ড ৯০৩৫১৭", "903517"),
    ],
)
def test_what_is_to_be_typed_is_read(text: str, code: str) -> None:
    """A verb of typing before or after the number, with little between, or a linking word that comes last, suffices."""
    assert extract(text).code == code


def test_a_number_that_the_sender_goes_by_is_no_code() -> None:
    """A sender's own digits name it, wherever the text repeats them."""
    text = "验证码：951362，12306用户注册专用验证码"
    assert extract(text, "12306").code == "951362"
    assert extract(f"【铁路12306】{text}").code == "951362"
    assert extract("Reply STOP to 57575. Your code 57575 57575", "57575").code is None
    assert extract("Код подтверждения: 900 482", "900").code == "900482"
    assert extract("Your WhatsApp code: 123-456", "123").code == "123456"


def test_origin_bound_code_goes_before_everything_else() -> None:
    """The last line's `@host #code` wins against any other number, and names the host as the service."""
    extraction = extract("Ignore 998877, code 112233.\n\n@example.com #747723 @frame.example.net")
    assert (extraction.code, extraction.kind, extraction.service) == ("747723", "origin_bound", "example.com")
    assert extraction.confidence == 1.0


def test_origin_bound_line_counts_only_at_the_end() -> None:
    """A line that looks origin-bound amid the text binds nothing."""
    assert extract("@example.com #747723\nYour code is 112233").code == "112233"


def test_raw_is_the_span_as_it_stands() -> None:
    """`raw` keeps separators, digits and invisible marks of the message."""
    assert extract("Your WhatsApp code: 123-456").raw == "123-456"
    assert extract("كود التحقق: ١٢٣٤٥٦").raw == "١٢٣٤٥٦"
    assert extract("  Your code is \u200e12\u200b34\u200f").raw == "12\u200b34"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Your code is 123456. Valid for 10 minutes.", 600),
        ("Your code is 123456, it expires in 30 seconds", 30),
        ("Ваш код 1234, действует 5 минут", 300),
        ("验证码123456，5分钟内有效", 300),
        ("Your code 123456 is valid for 24 hours", 86_400),
        ("Código 123456, 5 minutos", 300),
        ("Kodunuz 123456. 3 dəqiqə", 180),
        ("Code 123456. Win 50 MINT tokens", None),
        ("Code 123456 for 10 horses", None),
        ("Code 123456, minimum order: 20 minimum", None),
        ("Free 30 day trial! Your code is 482913, valid for 5 min", 300),
        ("Your code is 123456", None),
    ],
)
def test_validity_period_is_read(text: str, seconds: int | None) -> None:
    """The stated validity becomes seconds in any language."""
    assert extract(text).valid_seconds == seconds


@pytest.mark.parametrize(
    ("text", "sender", "code", "service"),
    [
        ("Code\n@a.com #OTP Bank", None, "OTP", "a.com"),
        ("код\n@a.com #ক'ড1", None, "ক'ড1", "a.com"),
        ("code\n@10086.cn #123456", "10086", "123456", "10086.cn"),
    ],
)
def test_the_origin_and_its_code_are_read_as_they_stand(text: str, sender: str | None, code: str, service: str) -> None:
    """What is blinded out elsewhere, brands that look like keywords and the sender's own number, stays in the last line."""
    found = extract(text, sender)
    assert (found.code, found.raw, found.service, found.kind) == (code, code, service, "origin_bound")


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "  ", "\t", " \t  "])
@pytest.mark.parametrize("text", ["Your code is 482913", "Code : 482 913", "Use 482913 to log in"])
def test_blanks_of_all_kinds_are_blanks(text: str, blank: str) -> None:
    """No-break, narrow and several blanks within a message change nothing but the raw span."""
    found = extract(text.replace(" ", blank))
    assert found[0] == extract(text)[0]
    assert found.raw in text.replace(" ", blank)


@pytest.mark.parametrize(
    ("text", "sender", "service"),
    [
        ("Your code is 123456", "AX-HDFCBK", "HDFCBK"),
        ("Your code is 123456", "AX-HDFCBK-S", "HDFCBK"),
        ("Your code is 123456", "Tele2", "Tele2"),
        ("<#> Uber: 4821 is your code", None, "Uber"),
        ("\u200e[TikTok] 482913 is your code", None, "TikTok"),
        ("[TikTok] 123456 is your code", None, "TikTok"),
        ("Uber: your code is 1234", None, "Uber"),
        ("Satispay - Il tuo codice di attivazione: 739150", None, "Satispay"),
        ("Ekart: Out for delivery - give code 7391", None, "Ekart"),
        ("Your Netflix verification code is 123456", "+15550100", "Netflix"),
        ("Ваш код: 123456", None, None),
        ("[Web발신] 인증번호 123456", None, None),
        ("Your Security code is 123456", None, None),
        ("Your 123456 code is for login", None, None),
        ("Your code is 123456", None, None),
    ],
)
def test_service_is_named(text: str, sender: str | None, service: str | None) -> None:
    """The sender's name counts first, then a name in the text; a number is no name."""
    assert extract(text, sender).service == service


@pytest.mark.parametrize(
    ("text", "policy", "code"),
    [
        ("Your parcel is ready. Pickup code: 4821", Policy(pickup_codes=True), "4821"),
        ("Your order is ready for collection. Collection PIN 4829", Policy(pickup_codes=True), "4829"),
        ("【丰巢】取件码88213344，请到1号柜取件", Policy(pickup_codes=True), "88213344"),
        ("【丰巢】取件码88213344，请到1号柜取件", Policy(), None),
        ("Your new card PIN is 4821", Policy(), None),
        ("Your ATM PIN is 4821", Policy(), None),
        ("SIM PIN: 4821", Policy(), None),
        ("ПИН-код вашей карты: 4821", Policy(), None),
        ("Kartınızın şifresi 4821", Policy(card_pins=True), "4821"),
        ("Your OTP is 482913", SILENT, None),
        ("G-482913 is your Google verification code", SILENT, None),
        ("Your new card PIN is 4821", Policy(card_pins=True), "4821"),
        ("Your temporary password is 482193", Policy(), "482193"),
        ("Your temporary password is 482193", Policy(initial_passwords=False), None),
        ("Uber: 4821", SILENT, None),
    ],
)
def test_policy_switches_what_counts(text: str, policy: Policy, code: str | None) -> None:
    """Pick-up codes, card PINs, initial passwords and the threshold follow the policy."""
    assert extract(text, policy=policy).code == code


def test_explanation_agrees_with_the_extraction() -> None:
    """`explain` gives the same answer as `extract`, with every number's role and the winner's score on top."""
    text = "OTP for Rs 5000.00 on card ending 1234 is 482913. Call +15550100999"
    explanation = explain(text)
    assert explanation.extraction == extract(text)
    roles = {candidate.raw: candidate.role for candidate in explanation.candidates}
    assert roles["5000.00"] == "amount"
    assert roles["15550100999"] == "phone"
    best = max(
        (candidate for candidate in explanation.candidates if candidate.score is not None),
        key=lambda candidate: candidate.score or 0.0,
    )
    assert best.code == "482913"
    assert best.score == pytest.approx(sum(weight for _, weight in best.parts), abs=0.01)


@pytest.mark.parametrize(
    ("text", "policy", "why"),
    [
        ("Your OTP is 482910", Policy(), "quick look"),
        ("PIN for your new card is 4829", Policy(), "by the policy"),
        ("Your temporary password is 482910", Policy(initial_passwords=False), "by the policy"),
        ("See you at 12", Policy(), "its numbers are something else"),
        ("See you, login code", Policy(), "nothing in it looks like a code"),
        ("Steam: your login code is XKTPQ", Policy(min_score=9.0), "too little of a code for one of letters alone"),
    ],
)
def test_explanation_says_why(text: str, policy: Policy, why: str) -> None:
    """The true cause is told: a quick look, the policy, the threshold, or that there is no number."""
    assert why in explain(text, policy=policy).why


def test_explanation_shows_what_was_answered_among_many_numbers() -> None:
    """Dates and amounts, shown to people alone, push no candidate out."""
    explanation = explain(" ".join(f"12.5{number % 9} a" for number in range(40)) + " Your login code is KDF48291 ok")
    assert explanation.extraction.code in {candidate.code for candidate in explanation.candidates}


def test_explanation_names_the_words_that_count() -> None:
    """Each word that carries evidence is listed in order, with the kinds of evidence it carries."""
    assert explain("Your OTP is 482913").words == (("OTP", "strong"), ("is", "copula"))
    assert explain("hello").words == ()


def test_every_piece_of_evidence_has_a_meaning() -> None:
    """Whatever is weighed over the corpus, `explain` says in words, and the words add up to the score."""
    for row in islice(load("train"), 0, None, 7):
        for candidate in explain(row.text).candidates:
            assert all(meaning for meaning, _ in candidate.parts)
            assert candidate.score is None or candidate.score == pytest.approx(
                sum(weight for _, weight in candidate.parts)
            )
