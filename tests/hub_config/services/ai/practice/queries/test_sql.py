"""Questions in Vietnamese become SQL that runs, in DuckDB, and finds what was asked."""

import re

import duckdb
import pytest

from hub_config.services.ai.practice.queries.wording import NEEDS_SCHEMA
from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.tables.grid import find_grid

SCHEMA = """CREATE TABLE ho_dan (
  id INTEGER PRIMARY KEY, ten TEXT, xom VARCHAR(40), so_khau INTEGER, dien_tich_ha DECIMAL(8, 2), nam INTEGER
);"""
ROWS = [
    (1, "Nông Văn Thắng", "Nà Pồng", 5, 1.5, 2027),
    (2, "Hoàng Thị Lan", "Nà Pồng", 3, 0.5, 2026),
    (3, "Ma Văn O'Kha", "Khau Cút", 7, 2.0, 2027),
    (4, "Lý A Páo", "Khau Cút", 2, 0.25, 2026),
    (5, "Triệu Thị Mai", "Pác Ngòi", 4, 3.0, 2027),
]


def query(reply: str) -> str:
    found = re.search(r"```sql\n(.*?)\n```", reply, re.DOTALL)
    assert found, reply
    return found[1]


def result(question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(":memory:") as database:
        database.execute(SCHEMA)
        database.executemany("insert into ho_dan values (?, ?, ?, ?, ?, ?)", ROWS)
        sql = query(free_reply(f"{SCHEMA}\n{question}"))
        assert query(free_reply(f"{question}\n{SCHEMA}")) == sql
        return database.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Có bao nhiêu hộ?", [(5,)]),
        ("Có bao nhiêu hộ ở xóm Nà Pồng?", [(2,)]),
        ("co bao nhieu ho co so khau tren 3", [(3,)]),
        ("Tổng diện tích là bao nhiêu?", [(7.25,)]),
        ("Trung bình số khẩu của xóm “Khau Cút”?", [(4.5,)]),
        ("Tổng diện tích năm 2027?", [(6.5,)]),
        ("tong dien tich cac ho co tu 4 khau tro len", [(6.5,)]),
        ("Số khẩu lớn nhất là bao nhiêu?", [(7,)]),
        ("Hộ tên gì có số khẩu nhiều nhất? Cho biết tên nào.", [("Ma Văn O'Kha", 7)]),
        ("Xóm nào có tổng diện tích lớn nhất?", [("Pác Ngòi", 3.0)]),
        ("xom nao co nhieu ho nhat", [("Khau Cút", 2)]),
        ("Sắp xếp tên các hộ có trên 4 khẩu theo diện tích giảm dần", [("Ma Văn O'Kha", 2.0), ("Nông Văn Thắng", 1.5)]),
        ("Liệt kê tên các hộ có diện tích dưới 1", [("Hoàng Thị Lan",), ("Lý A Páo",)]),
        ("Cho danh sách tên những hộ có số khẩu từ 3 đến 4", [("Hoàng Thị Lan",), ("Triệu Thị Mai",)]),
    ],
)  # fmt: skip
def test_the_query_finds_what_was_asked(question: str, rows: list[tuple[object, ...]]) -> None:
    found = [tuple(float(v) if hasattr(v, "as_tuple") else v for v in row) for row in result(question)]
    if question.lower().startswith("xom nao"):  # two hamlets have as many
        assert len(found) == 1 and found[0][1] == 2
    else:
        assert found == rows


def test_groups_are_counted_and_summed() -> None:
    assert sorted(result("Đếm số hộ theo từng xóm")) == [("Khau Cút", 2), ("Nà Pồng", 2), ("Pác Ngòi", 1)]
    assert sorted((x, float(str(v))) for x, v in result("Tổng diện tích theo xóm")) == [
        ("Khau Cút", 2.25),
        ("Nà Pồng", 2.0),
        ("Pác Ngòi", 3.0),
    ]


def test_one_sentence_says_what_the_query_takes() -> None:
    reply = free_reply(f"{SCHEMA}\nTổng diện tích của các hộ có số khẩu trên 3 theo từng xóm")
    assert reply.splitlines()[-1] == (
        "Câu SQL này lấy tổng “dien_tich_ha” từ bảng ho_dan, chỉ những dòng có “so_khau” trên 3, "
        "tính riêng cho từng “xom”."
    )


@pytest.mark.parametrize(
    "table",
    [
        "Bảng thu_mua(ngay, nguoi_ban, so_kg, don_gia)",
        "Bảng thu_mua có các cột: ngay, nguoi_ban, so_kg, don_gia.",
        "bang thu_mua gom cac cot: ngay, nguoi_ban, so_kg, don_gia.",
    ],
)
def test_a_list_of_columns_is_a_schema_too(table: str) -> None:
    sql = query(free_reply(f"{table}\nViết SQL tính tổng số kg của từng người bán"))
    assert sql == "SELECT nguoi_ban, SUM(so_kg) AS tong_so_kg\nFROM thu_mua\nGROUP BY nguoi_ban;"


def test_rows_of_csv_give_columns_and_values() -> None:
    csv = "Xóm,Nhóm,Số hộ\nNà Pồng,A,120\nKhau Cút,B,80\nPác Ngòi,A,95"
    sql = query(free_reply(f"Viết câu SQL: tổng số hộ của nhóm A\n{csv}"))
    grid = find_grid(csv)
    assert grid is not None
    with duckdb.connect(":memory:") as database:
        database.register("bang", grid.cells.assign(**{"Số hộ": grid.values["Số hộ"]}))
        assert database.execute(sql).fetchall() == [(215,)]


def test_names_with_quotes_cannot_leave_their_place() -> None:
    columns = 'CREATE TABLE t ("a""; DROP TABLE t; --" TEXT, so_ho INTEGER);'
    values = "tên,số hộ\nMa Văn O'Kha,5\n'; DROP TABLE t; --,7"
    assert query(free_reply(f"{values}\nViết SQL lấy tổng số hộ của Ma Văn O'Kha")).endswith("= 'Ma Văn O''Kha';")
    odd = 'tên,số "hộ"\nAn,5\nBình,7'
    assert 'SUM("số ""hộ""")' in query(free_reply(f"{odd}\nViết SQL lấy tổng số hộ"))
    for question in (
        f"{columns}\nTổng số hộ",
        f"{values}\nViết SQL lấy tổng số hộ của '; DROP TABLE t; --",
    ):
        with duckdb.connect(":memory:") as database:
            database.execute('create table t ("a" text, so_ho integer)')
            database.execute('create table bang ("tên" text, "số hộ" integer)')
            database.execute(query(free_reply(question)))
            assert len(database.execute("show tables").fetchall()) == 2


def test_what_it_cannot_translate_it_says() -> None:
    assert "chưa đổi được câu hỏi này thành SQL" in free_reply(f"{SCHEMA}\nDự báo mùa vụ sang năm")
    assert "Chữ “nghèo” không khớp cột nào" in free_reply(f"{SCHEMA}\nĐếm số hộ nghèo")
    assert free_reply("Viết SQL đếm số hộ nghèo ở xã tôi") == NEEDS_SCHEMA
