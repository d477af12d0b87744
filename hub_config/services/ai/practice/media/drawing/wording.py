"""Words by which a prompt for a picture says what it is to hold: regular expressions, read as by `vocabulary`.

Short words that mean something else without diacritics stand only with their classifier ("con chó", "con gà").
"""

THINGS: dict[str, tuple[str, str]] = {  # name -> (what it is called in a reply, how a prompt says it)
    # settings
    "tea_hill": ("đồi chè", r"(?:đồi|nương|vườn|rừng|vùng|cánh đồng) chè|đồi trà|nương trà"),
    "mountains": ("núi", r"dãy núi|đồi núi|núi non|núi đồi|rừng núi|vùng cao|miền núi|ngọn núi|núi đá|núi"),
    "forest": ("rừng cây", r"khu rừng|rừng cây|cánh rừng|rừng keo|trong rừng|rừng"),
    "terraces": ("ruộng bậc thang", r"ruộng bậc thang"),
    "rice_field": ("cánh đồng lúa", r"(?:cánh )?đồng lúa|ruộng lúa|cánh đồng|đồng ruộng|lúa chín|thửa ruộng|ruộng|lúa"),
    "river": ("dòng sông", r"dòng sông|con sông|bờ sông|ven sông|sông suối|dòng suối|con suối|sông|suối"),
    "lake": (
        "mặt nước",
        r"mặt hồ|hồ nước|hồ Núi Cốc|hồ sen|bờ hồ|ao cá|ao sen|bờ ao|cái ao|bờ biển|mặt nước|trên biển|hồ thủy điện",
    ),
    "road": ("con đường", r"con đường|đường làng|đường quê|đường bê tông|đường đi|đường phố"),
    "village": (
        "xóm làng",
        r"làng quê|xóm làng|bản làng|làng bản|làng xóm|thôn xóm|vùng quê|nông thôn|ngôi làng|quê hương|thôn quê",
    ),
    "garden": ("vườn rau", r"vườn rau|luống rau|mảnh vườn|khu vườn|vườn nhà|vườn"),
    "yard": ("sân", r"sân trường|sân nhà|sân vận động|sân đình|khoảng sân|ngoài sân|sân"),
    "meadow": ("bãi cỏ", r"bãi cỏ|đồng cỏ|thảm cỏ|bãi đất|công viên"),
    "classroom": ("lớp học", r"lớp học|phòng học|lớp bình dân|trong lớp"),
    "office": ("văn phòng", r"văn phòng|phòng làm việc|phòng họp|công sở|bộ phận một cửa"),
    "kitchen": ("gian bếp", r"gian bếp|nhà bếp|căn bếp|trong bếp|trong nhà|phòng khách"),
    "stage": ("sân khấu", r"sân khấu|hội trường|đêm văn nghệ|văn nghệ"),
    # buildings
    "stilt_house": ("nhà sàn", r"(?:ngôi |nếp |căn |cái )?nhà sàn"),
    "school": ("trường học", r"(?:ngôi )?trường học|ngôi trường|mái trường|trường tiểu học|trường làng|nhà trường"),
    "hall": ("nhà văn hóa", r"nhà văn h[oó][áa]|nhà họp|trụ sở|ủy ban|uỷ ban|UBND|đình làng"),
    "clinic": ("trạm y tế", r"trạm y tế|trạm xá|bệnh viện|phòng khám"),
    "stall": ("sạp hàng", r"sạp hàng|gian hàng|quầy hàng|phiên chợ|chợ phiên|chợ quê|cửa hàng|hội chợ|chợ"),
    "booth": ("bàn hướng dẫn", r"bàn hướng dẫn|quầy hướng dẫn|quầy giao dịch|quầy tiếp dân|bàn đăng ký"),
    "bridge": ("cây cầu", r"cây cầu|chiếc cầu"),
    "house": ("ngôi nhà", r"(?:ngôi |căn |mái |cái |nếp )nhà|nhà ngói|nhà cửa|nhà dân"),
    # people
    "ethnic": (
        "người mặc áo dân tộc",
        r"(?:người phụ nữ|phụ nữ|cô gái|bà con|đồng bào|thiếu nữ|chị em|người)? ?(?:dân tộc|người)? ?(?:Tày|Nùng|"
        r"Dao|Mông|H'Mông|Sán Dìu|Sán Chay)\b|áo chàm|trang phục dân tộc|đồng bào dân tộc|người dân tộc",
    ),
    "farmer": (
        "bác nông dân",
        r"(?:bác |người |cô |chú |bà con )?nông dân|người hái chè|(?:cô gái |cô |chị |thiếu nữ |người |"
        r"bà con )?(?:đang )?(?:hái|gặt|cấy|thu hoạch) (?:chè|lúa|rau)|người trồng (?:chè|lúa|rau)|nón lá",
    ),
    "child": (
        "em nhỏ",
        r"(?:các |những )?(?:em học sinh|học sinh|em nhỏ|trẻ em|thiếu nhi|em bé|bạn nhỏ|cháu bé|các cháu|trẻ con|"
        r"học trò|bé gái|bé trai)",
    ),
    "teacher": ("thầy cô giáo", r"thầy cô|cô giáo|thầy giáo|giáo viên|giảng viên"),
    "elder": ("ông bà", r"ông bà|cụ già|người cao tuổi|người già|các cụ|bà cụ|ông cụ|ông lão"),
    "official": ("cán bộ", r"cán bộ|công chức|nhân viên|lãnh đạo|đại biểu"),
    "doctor": ("bác sĩ", r"bác s[ĩỹ]|y tá|nhân viên y tế|thầy thuốc|tiêm phòng(?: dại)?|tiêm chủng|khám bệnh"),
    "worker": ("công nhân", r"công nhân|thợ xây|kỹ sư"),
    "volunteer": (
        "thanh niên tình nguyện",
        r"thanh niên(?: tình nguyện)?|tình nguyện viên|đoàn viên|tổ công nghệ số cộng đồng",
    ),
    "aodai": ("người mặc áo dài", r"(?:cô gái |thiếu nữ |phụ nữ |người |các cô )?(?:mặc )?áo dài"),
    "soldier": ("chú bộ đội", r"bộ đội|chiến s[ĩỹ]|người lính"),
    "person": (
        "người",
        r"mọi người|bà con(?! (?:gà|vịt|lợn|trâu|bò|chó|mèo|cá|ong|chim|bướm))|"
        r"người dân|nhiều người|đông người|nhóm người|con người|người phụ nữ|người đàn ông|phụ nữ|"
        r"cô gái|chàng trai|gia đình|người bán hàng|người mua|khách hàng|người",
    ),
    # animals
    "buffalo": ("con trâu", r"con trâu|đàn trâu|chú trâu|trâu"),
    "cow": ("con bò", r"con bò|đàn bò|chú bò|bò sữa"),
    "pig": ("con lợn", r"con lợn|đàn lợn|chú lợn|con heo|lợn|nuôi lợn"),
    "chicken": ("con gà", r"con gà trống|con gà mái|con gà|đàn gà|chú gà|gà đồi|gà trống|gà mái|gà con|gà thả vườn"),
    "duck": ("con vịt", r"con vịt|đàn vịt|chú vịt"),
    "dog": ("con chó", r"con chó|chú chó|chú cún|chó mèo|chó con"),
    "cat": ("con mèo", r"con mèo|chú mèo|mèo con|mèo"),
    "fish": ("con cá", r"con cá|đàn cá|cá chép"),
    "bee": ("con ong", r"con ong|đàn ong|bầy ong|chú ong|ong mật|ong bướm|ong"),
    "butterfly": ("con bướm", r"con bướm|đàn bướm|bươm bướm|cánh bướm"),
    "bird": ("con chim", r"con chim|đàn chim|chim én|chim bồ câu|chú chim|cánh chim|cánh én"),
    # plants
    "peach": ("cành đào", r"hoa đào|cành đào|cây đào|hoa mai|cành mai|hoa mơ|hoa mận"),
    "lotus": ("hoa sen", r"(?:bông |đóa )?(?:hoa )?sen\b"),
    "sunflower": ("hoa hướng dương", r"(?:bông )?hoa hướng dương|hoa cúc|cúc vàng"),
    "flower": ("bông hoa", r"bông hoa|hoa lá|hoa cỏ|bó hoa|lẵng hoa|hoa hồng|hoa tươi|hoa"),
    "bamboo": ("bụi tre", r"bụi tre|lũy tre|luỹ tre|cây tre|khóm tre|rặng tre"),
    "palm": ("cây cau", r"cây cau|hàng cau|cây dừa|cây cọ|hàng dừa"),
    "tree": ("cây xanh", r"cây xanh|cây cối|hàng cây|gốc đa|cây đa|trồng cây|cây cổ thụ|bóng cây|tán cây|cái cây|cây"),
    "rice_ears": ("bông lúa", r"bông lúa|bó lúa|nhánh lúa|hạt lúa"),
    "tea_leaves": ("búp chè", r"(?:một tôm hai lá|búp chè|lá chè|ngọn chè|búp trà|lá trà|chè búp|cành chè|chè|trà)"),
    # goods
    "tea_cup": ("chén trà", r"(?:tách|chén|cốc|ly|bát) (?:trà|chè|nước chè)|tách|chén nước|cốc nước"),
    "teapot": ("ấm trà", r"ấm (?:trà|chè|tích)|bộ ấm chén|bình trà"),
    "tea_bag": (
        "gói chè",
        r"(?:gói|túi|hộp) (?:chè|trà)|chè Tân Cương|trà Tân Cương|chè Thái|trà Thái Nguyên|chè Thái Nguyên|chè khô|"
        r"đặc sản chè",
    ),
    "honey_jar": ("lọ mật ong", r"(?:lọ |chai |hũ |hộp )?mật ong"),
    "basket": (
        "giỏ rau",
        r"(?:giỏ|rổ|sọt|mẹt|thúng) (?:rau củ|rau quả|rau|hàng|nông sản)|rau củ quả|rau củ|rau quả|rau sạch|"
        r"rau xanh|rau hữu cơ|nông sản|rau",
    ),
    "fruit": (
        "đĩa hoa quả",
        r"(?:đĩa|mẹt|giỏ|rổ) (?:hoa quả|trái cây)|hoa quả|trái cây|quả cam|quả na|na dai|quả chuối|nải chuối|"
        r"quả bưởi|quả vải",
    ),
    "rice_bag": ("bao gạo", r"(?:bao|túi) gạo|gạo nếp|gạo Bao Thai|gạo bao thai|hạt gạo|gạo"),
    "parcel": (
        "thùng hàng",
        r"thùng hàng|hộp hàng|gói hàng|thùng các-tông|kiện hàng|bưu kiện|đơn hàng|giao hàng|hộp sản phẩm|chiếc hộp|"
        r"cái hộp",
    ),
    "gift": ("hộp quà", r"hộp quà|gói quà|món quà|phần quà|quà tặng|tặng quà|phần thưởng"),
    "book": ("quyển sách", r"quyển sách|cuốn sách|sách vở|quyển vở|đọc sách|trang sách|sách"),
    "pencil": ("bút chì", r"bút chì|cây bút|cái bút|chiếc bút"),
    "phone": ("điện thoại", r"(?:chiếc |cái )?điện thoại(?: thông minh)?|smartphone|ứng dụng|VNeID"),
    "computer": ("máy tính", r"(?:chiếc |cái )?máy (?:vi )?tính(?: xách tay)?|laptop|màn hình"),
    "loudspeaker": ("loa", r"(?:chiếc |cái )?loa(?: phát thanh| tay| phường)?\b"),
    "medal": ("huy chương", r"huy chương|giải thưởng|giải nhất|cúp vàng|bằng khen"),
    "lightbulb": ("bóng đèn", r"bóng đèn|ý tưởng|sáng kiến|sáng tạo"),
    "robot": ("rô-bốt", r"rô-?bốt|robot|người máy|trí tuệ nhân tạo|trợ lý ảo"),
    "bin": ("thùng rác", r"thùng rác|phân loại rác|bỏ rác|rác thải|vệ sinh môi trường|dọn vệ sinh"),
    "shield": ("lá chắn", r"lá chắn|cái khiên|tấm khiên|an toàn thông tin|phòng chống lừa đảo|chống lừa đảo|bảo vệ"),
    "heart": ("trái tim", r"trái tim|hình tim|hiến máu nhân đạo|hiến máu|yêu thương"),
    "drum": ("trống hội", r"trống hội|cái trống|trống trường|tiếng trống|đánh trống"),
    # on the road
    "truck": ("xe tải", r"(?:chiếc )?xe tải|xe chở hàng"),
    "car": ("ô tô", r"(?:chiếc )?(?:ô tô|xe ô tô|xe con|xe hơi)"),
    "bus": ("xe buýt", r"xe buýt|xe khách|xe ca\b"),
    "motorbike": ("xe máy", r"(?:chiếc )?xe máy"),
    "bicycle": ("xe đạp", r"(?:chiếc )?xe đạp"),
    "boat": ("con thuyền", r"(?:con |chiếc )?thuyền|con đò|bè mảng"),
    # in the air
    "flag": ("lá cờ Tổ quốc", r"(?:lá )?cờ (?:Tổ quốc|đỏ sao vàng|Việt Nam)|quốc kỳ|lá cờ|cột cờ"),
    "bunting": (
        "dây cờ",
        r"lễ hội|ngày hội|hội làng|khai giảng|dây cờ|cờ hoa|cờ đuôi nheo|cờ phướn|cờ hội|trang trí cờ",
    ),
    "lantern": ("đèn lồng", r"đèn lồng|lồng đèn|đèn ông sao|trung thu"),
    "balloons": ("bóng bay", r"bóng bay|chùm bóng"),
    "fireworks": ("pháo hoa", r"pháo hoa"),
    "rainbow": ("cầu vồng", r"cầu vồng"),
    "moon": ("mặt trăng", r"mặt trăng|ánh trăng|trăng tròn|trăng rằm|vầng trăng|trăng"),
    "sun": ("mặt trời", r"mặt trời|ông mặt trời|nắng vàng|trời nắng|nắng đẹp|ánh nắng|nắng ấm|nắng"),
}

TIMES = {
    "dawn": ("buổi sáng sớm", r"bình minh|sáng sớm|ban mai|tinh mơ|rạng đông|buổi sớm|mặt trời mọc|sớm mai"),
    "sunset": ("lúc hoàng hôn", r"hoàng hôn|chiều tà|xế chiều|chiều muộn|mặt trời lặn|lặn xuống|nắng chiều|buổi chiều"),
    "night": (
        "ban đêm",
        r"ban đêm|buổi tối|đêm trăng|đêm khuya|đêm hội|trời đêm|bầu trời đêm|đầy sao|bầu trời sao|ngôi sao|ánh sao|"
        r"trời tối|đêm",
    ),
    "day": (
        "ban ngày",
        r"ban ngày|buổi sáng|buổi trưa|giữa trưa|trời xanh|trời trong|bầu trời|nắng vàng|trời nắng|nắng đẹp|"
        r"ánh nắng|nắng ấm|nắng",
    ),
}
WEATHERS = {
    "rain": ("trời mưa", r"trời mưa|cơn mưa|mưa rơi|mưa phùn|mưa to|mưa"),
    "fog": ("sương mù", r"sương mù|sương sớm|màn sương|sương"),
    "wind": ("có gió", r"trời gió|gió thổi|lộng gió"),
    "cloud": ("nhiều mây", r"nhiều mây|trời nhiều mây|mây trắng|đám mây|mây"),
}
SEASONS = {
    "spring": (
        "mùa xuân",
        r"mùa xuân|ngày xuân|ngày Tết|dịp Tết|Tết Nguyên đán|không khí Tết|mừng xuân|đón Tết|xuân về",
    ),
    "summer": ("mùa hè", r"mùa hè|mùa hạ"),
    "autumn": ("mùa thu", r"mùa thu|lá vàng rơi"),
    "winter": ("mùa đông", r"mùa đông"),
}
STYLES = {
    "line": ("nét vẽ", r"nét vẽ|vẽ nét|tranh nét|nét đơn|phác thảo|ký họa|kí họa|(?<!ô )tô màu|bút chì đen"),
    "watercolour": ("kiểu màu nước", r"màu nước|thủy mặc|tranh lụa"),
    "flat": ("kiểu phẳng", r"kiểu phẳng|phong cách phẳng|hình phẳng|flat|tối giản|đơn giản|minh họa phẳng"),
}
FORMS = {
    "badge": ("huy hiệu", r"huy hiệu|lô-?gô|logo|biểu trưng|biểu tượng|nhãn tròn|tem nhãn"),
    "banner": ("băng rôn", r"băng rôn|băng-rôn|banner|ảnh bìa|khổ ngang|nằm ngang|tỉ lệ 3:2|tỷ lệ 3:2|16:9|3:2"),
    "poster": (
        "áp phích",
        r"áp phích|poster|tờ rơi|tờ gấp|bích chương|khổ dọc|khổ đứng|tờ thông báo|pano|giấy mời|thiệp mời|A4|2:3|9:16",
    ),
    "square": ("khổ vuông", r"khổ vuông|hình vuông|ảnh vuông|ảnh đại diện|1:1"),
}
COLOURS: dict[str, tuple[str, str]] = {  # "#rrggbb" -> (its name, how a prompt says it); longer phrases are tried first
    "#2e8b46": ("xanh lá", r"xanh lá cây|xanh lá|xanh lục|xanh chè"),
    "#7cb93e": ("xanh non", r"xanh non|xanh nõn chuối|xanh mạ|xanh cốm"),
    "#1f6b4f": ("xanh đậm", r"xanh ngọc bích|xanh rêu|xanh đậm"),
    "#2f80c8": ("xanh dương", r"xanh dương|xanh nước biển|xanh biển|xanh lam|xanh da trời|xanh thẫm"),
    "#27406e": ("xanh chàm", r"xanh chàm|màu chàm|chàm|xanh tím than|xanh than"),
    "#22a3a3": ("xanh ngọc", r"xanh ngọc|xanh lơ"),
    "#3a9b5c": ("xanh", r"xanh tươi|xanh mát|xanh"),
    "#d8342c": ("đỏ", r"đỏ tươi|đỏ thắm|đỏ"),
    "#8e2430": ("đỏ đô", r"đỏ đô|đỏ đậm|đỏ mận"),
    "#f08a24": ("cam", r"vàng cam|màu cam|cam đất|da cam|sắc cam|nền cam|chữ cam|tông cam"),
    "#f4c430": ("vàng", r"vàng tươi|vàng óng|vàng ươm|vàng kim|vàng"),
    "#ee7f9d": ("hồng", r"màu hồng|hồng phấn|hồng nhạt|sắc hồng|nền hồng|chữ hồng|tông hồng"),
    "#7c4fae": ("tím", r"màu tím|tím than|tím nhạt|tím"),
    "#8a5a33": ("nâu", r"màu nâu|nâu đất|nâu"),
    "#fafaf7": ("trắng", r"trắng tinh|trắng"),
    "#22252a": ("đen", r"màu đen|nền đen|chữ đen|đen tuyền"),
    "#8c9096": ("xám", r"màu xám|xám|màu ghi"),
    "#f1e3c0": ("kem", r"màu kem|nền kem|màu be"),
}
VIVID = (
    r"tươi sáng|tươi tắn|rực rỡ|nhiều màu|đủ màu|màu sắc|sặc sỡ|sinh động|ấm áp|màu tự nhiên|tự nhiên|tươi vui|bắt mắt"
    r"|xanh mướt|xanh ngát|xanh tốt|sắc màu|tông ấm|tông lạnh"
)
WORN = r"đang|mặc|có|với|màu|áo|mái|tường|bìa|vỏ|lông|cánh|sơn|chín|váy|khăn|trang phục|bộ|nở|thắm|là"
TONE = r"màu|tông|gam|sắc|chủ đạo|chủ đạo là|tông màu chính|màu chính là"
TONE_INSIDE = r"(?:màu|tông|sắc) "
TONE_JOINT = r"và|với|cùng|cùng với|kết hợp|phối|-|–|/|, màu|và màu|với màu"
SHADE = r"nhạt|đậm|sẫm|thẫm|tươi|óng|rực"
LIGHT_SHADE, DEEP_SHADE = "nhạt", r"đậm|sẫm|thẫm"
GARDEN_OF = "vườn"
PREFACE = r"(?:tranh |ảnh |hình |bức )?minh (?:họa|hoạ)"
BACKGROUND, LETTERING = r"(?:nền|phông)(?: màu| tranh)?", r"(?:chữ|dòng chữ|tiêu đề)(?: màu)?"
COUNTS = {
    "một": 1, "hai": 2, "đôi": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "vài": 3, "mấy": 3, "các": 3, "những": 3, "nhiều": 4, "đàn": 4, "nhóm": 4, "đông": 5, "hàng": 4, "bầy": 4,
    "vườn": 5,
    "gia đình": 3,
}  # fmt: skip
MANY_BY_NATURE = (
    r"^(?:đàn|bầy|hàng|nhóm|nhiều|đông|các|những|mọi|bà con|người dân|học sinh|ông bà|thầy cô|gia đình|dân)"
)
COUPLE = r"^(?:ông bà|thầy cô|phiên chợ|chợ|hội chợ)"
WITHOUT = r"\b(?:không (?:có|vẽ|cần|thêm)|đừng (?:có |vẽ |thêm )|bỏ|thiếu|chẳng có)\s*([^,;.\n]*)"
QUOTED = r"[“\"«]([^“”\"«»\n]{1,200})[”\"»]|(?<!\w)['‘]([^'‘’\n]{2,200})['’](?!\w)"
SAID = (
    r"(?:dòng chữ|hàng chữ|có chữ|tiêu đề|khẩu hiệu|chữ ghi|ghi chữ|ghi rõ|ghi|viết chữ)(?: là)?\s*:?\s+"
    r"(?!màu|to\b|lớn|đậm|nhỏ|đẹp|trắng|vàng|đỏ|xanh|đen|ở)([^,;.\n“\"]{3,120})"
)
PLACE = (
    r"(?:\btại\b|\bđịa điểm\s*:|\bđịa chỉ\s*:)\s*([^,;.\n\x00]{3,80}?)"
    r"(?=\s+(?:lúc|vào|ngày|từ|với|có|để)\b|[,;\n\x00]|\.(?:\s|$)|$)"
)
PRICE = (
    r"(?:\bgiá(?: bán| chỉ| vé)?\s*:?\s*)?\b\d{1,3}(?:[.,]\d{3})*(?:\s*(?:đồng|nghìn đồng|nghìn|ngàn|triệu|VNĐ|"
    r"VND)|\s?(?:đ|k))\b"
    r"(?:\s*(?:/|một|mỗi)\s*(?:kg|kí|cân|lọ|hộp|gói|con|bao|túi|chai|suất|vé|lít|người|cái))?|miễn phí|vào cửa tự do"
)
PHONE = r"(?:(?:điện thoại|ĐT|SĐT|liên hệ|hotline|Zalo)\s*:?\s*)?(?<!\d)0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}(?!\d)"

NOISE = (  # words of a prompt that name nothing to draw
    "vẽ tạo làm thiết kế cho tôi mình em giúp hãy một bức tranh ảnh hình minh họa hoạ poster áp phích banner "
    "tờ rơi logo "
    "với có và ở trong trên dưới bên cạnh phía trước sau giữa xa gần của là các những nhiều vài mấy màu tông "
    "nền chữ dòng chừa chỗ trống khoảng phần nửa "
    "tiêu đề ghi khổ dọc ngang vuông đứng tỉ tỷ lệ phong cách kiểu nét đẹp to lớn nhỏ xinh rõ ràng đơn giản "
    "phẳng hiện đại "
    "theo để về bằng từ đến lúc vào ngày giờ tại địa điểm giá điện thoại liên hệ quảng cáo giới thiệu mời tuyên truyền "
    "thông báo chính chủ đạo đề nội dung khung cảnh bối nhìn thấy đang ngồi đứng đi chạy cầm nắm bán mua hái "
    "trồng nuôi "
    "học đọc dạy xem chơi cười vui vẻ hạnh phúc thân thiện truyền thống quê xã xóm thôn huyện tỉnh việt nam "
    "thái nguyên "
    "này kia đó như thật rất hơi khá nhất cùng nhau mọi cả được cần muốn nên xin nhờ bạn ơi nhé ạ không gian ánh sáng "
    "trời mùa buổi sáng chiều tối đêm phù hợp dùng in treo đăng facebook zalo trang bìa bài sản phẩm cửa hợp "
    "tác hoạt động "
    "ngập tràn xung quanh đầy phủ kín lấp lánh nhẹ nhàng yên bình thanh sạch mới cũ con cái chiếc ngôi cây "
    "người bông quả "
    "thêm phần cuối đầu góc trái phải giữa nổi bật dễ hấp dẫn chuyên nghiệp trang trọng mềm mại sắc gam tự nhiên tươi "
    "chất lượng cao độ phân giải nước ta hai ba bốn năm sáu bảy tám chín mười mặc đội tay hướng lên xuống ra lại đều "
    "sự kiện hội ngày lễ khai giảng mạc chương trình cuộc thi họp lớp khu vực cổng a4 gì đi ai luyện tập "
    "bảng shop tuyển thành viên áo xóa mù hồ bé an toàn giao thông "
    "dân giúp chở bay lượn tấm tờ ngoài trong tròn sớm cảnh quang hãng ảnh vật phong tả vẻ"
)
