"""Tables of what is compared, in DuckDB: what is exactly the same, what to compare letter by letter, what was found.

Rows of numbers enter, rows in a stated order leave; nothing is decided here about texts. Tables larger than the memory allowed
go to files in the folder given. Texts and ids are not in the tables, but for ids as hexadecimal, which sort as their code points do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus_tools.errors import OutputError, UsageError

Kind = Literal["article", "paragraph"]
KINDS: tuple[Kind, ...] = ("article", "paragraph")

BATCH = 100_000
"""Rows that wait in memory before they go to a table: by the file of a batch 1,000,000 rows took 1.2 s, by a list of values 3.1."""

CROWD, LINKS = 64, 4
"""A shingle that stands in more than `CROWD` texts is a formula, or theirs is a large cluster: each is then a candidate with the first
`LINKS` of them in the order of what is kept only, which is what a cluster is made round."""

LEAST_PROBES, SHARE_OF_PROBES = 2, 0.15
"""Shared shingles that make a pair a candidate, and their share of the smaller sample; copies with a tenth misread have .4."""

PARTS = 8
"""Parts by hash in which what is exactly the same is counted, one after the other: a table of all hashes at once takes twice as much."""

BLOCK_BITS = 20
"""Of the number of a unit those that count its block; the others count its record. Ranks are made in the same way."""

_SEQ, _BLOCK = f">> {BLOCK_BITS}", f"& {(1 << BLOCK_BITS) - 1}"

_UNITS = "unit BIGINT, hash UBIGINT, begins BIGINT, size UINTEGER, probes USMALLINT"
_PROBES = "hash UINTEGER, unit BIGINT"
_NEAR = "unit BIGINT, head BIGINT, relation VARCHAR, jaccard DOUBLE, containment DOUBLE"
_TABLES = {
    "record": "seq BIGINT, id VARCHAR, steps SMALLINT, damages UTINYINT, date VARCHAR, paper VARCHAR, number VARCHAR",
    "article": _UNITS,
    "paragraph": _UNITS,
    "article_probe": _PROBES,
    "paragraph_probe": _PROBES,
    "article_near": _NEAR,
    "paragraph_near": _NEAR,
}


def unit_number(seq: int, block: int) -> int:
    """The number of a block of a record, which the tables know it by."""
    return seq << BLOCK_BITS | min(block, (1 << BLOCK_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to compare: its rank in the order of what is kept, its number, and where its letters stand."""

    rank: int
    number: int
    begins: int
    size: int


class Store:
    """The tables of one run, in a folder of its own. `memory` is what DuckDB may take, such as `1GB`.

    Raises: UsageError where DuckDB is not installed, or `memory` is no size.
    """

    def __init__(self, folder: Path, memory: str) -> None:
        try:
            import duckdb
        except ImportError:
            raise UsageError(
                "comparing over a corpus needs DuckDB", hint="pip install 'corpus-tools[across]'"
            ) from None
        self._failure: type[Exception] = duckdb.Error
        settings = {"temp_directory": str(folder / "spilled"), "preserve_insertion_order": "false"}
        try:
            self._tables = duckdb.connect(str(folder / "tables.db"), config={"memory_limit": memory, **settings})
        except duckdb.IOException as error:
            raise no_room(error) from None
        except duckdb.Error as error:
            raise UsageError(
                f"--memory {memory!r}: {str(error).splitlines()[0]}", hint="give a size such as 1GB"
            ) from None
        self._batch_file = folder / "batch.csv"
        self._waiting: dict[str, list[str]] = {name: [] for name in _TABLES}
        for name, columns in _TABLES.items():
            self._do(f"CREATE TABLE {name} ({columns})")

    def close(self) -> None:
        """Let the files go."""
        self._tables.close()

    def _do(self, query: str) -> Any:
        try:
            return self._tables.execute(query)
        except self._failure as error:
            raise no_room(error) from None

    def add(self, table: str, values: Sequence[object]) -> None:
        """Put a row into a table; None is NULL. No value may hold a comma or a line end."""
        waiting = self._waiting[table]
        waiting.append(",".join("" if value is None else str(value) for value in values) + "\n")
        if len(waiting) >= BATCH:
            self._write(table)

    def add_probes(self, kind: Kind, unit: int, hashes: Iterable[int]) -> None:
        """Put the hashes of a text's shingles into their table."""
        waiting = self._waiting[f"{kind}_probe"]
        waiting += [f"{value},{unit}\n" for value in hashes]
        if len(waiting) >= BATCH:
            self._write(f"{kind}_probe")

    def _write(self, table: str) -> None:
        if not self._waiting[table]:
            return
        try:
            self._batch_file.write_text("".join(self._waiting[table]), encoding="ascii")
        except OSError as error:
            raise no_room(error) from None
        self._waiting[table].clear()
        columns = ", ".join(
            f"'{name}': '{kind}'" for name, kind in (column.split() for column in _TABLES[table].split(", "))
        )
        source = (
            f"read_csv('{self._quoted(self._batch_file)}', header=false, delim=',', quote='', columns={{{columns}}})"
        )
        self._do(f"INSERT INTO {table} SELECT * FROM {source}")

    @staticmethod
    def _quoted(path: Path) -> str:
        return str(path).replace("'", "''")

    def flush(self) -> None:
        """Put what waits into the tables."""
        for name in _TABLES:
            self._write(name)

    def doubled_ids(self) -> dict[int, int]:
        """Of records whose id was there before, the place in the input, and that of the first one."""
        self.flush()
        rows = self._do(
            """SELECT r.seq, d.seq FROM record r JOIN
                 (SELECT id, min(seq) AS seq FROM record GROUP BY id HAVING count(*) > 1) d ON r.id = d.id
               WHERE r.seq <> d.seq ORDER BY r.seq"""
        )
        return dict(rows.fetchall())

    def leave_out(self, places: Sequence[int]) -> None:
        """Take records out of all tables."""
        for at in range(0, len(places), BATCH):
            listed = ", ".join(map(str, places[at : at + BATCH]))
            self._do(f"DELETE FROM record WHERE seq IN ({listed})")
            for kind in KINDS:
                self._do(f"DELETE FROM {kind} WHERE (unit {_SEQ}) IN ({listed})")

    def rank(self) -> None:
        """Give every text its rank: the order of what is kept, a total one. See README, "Which copy is kept"."""
        self.flush()
        self._do(
            """CREATE TABLE ordered AS SELECT seq, row_number() OVER (
                 ORDER BY steps DESC, damages, date NULLS LAST, try_cast(number AS INTEGER) NULLS LAST, number NULLS LAST,
                          paper NULLS LAST, id) AS place FROM record"""
        )
        for kind in KINDS:
            self._find_equal(kind)

    def _find_equal(self, kind: Kind) -> None:
        """Tables of the texts whose letters are those of an earlier one, with that one; and of the others that may be near."""
        self._do(f"CREATE TABLE {kind}_shared (hash UBIGINT)")
        for part in range(PARTS):
            self._do(
                f"""INSERT INTO {kind}_shared SELECT hash FROM {kind} WHERE hash % {PARTS} = {part}
                    GROUP BY hash HAVING count(*) > 1"""
            )
        rank = f"(o.place << {BLOCK_BITS}) | (u.unit {_BLOCK})"
        self._do(
            f"""CREATE TABLE {kind}_equal AS
                WITH copy AS (SELECT u.hash, u.unit, {rank} AS rank FROM {kind} u JOIN {kind}_shared s ON u.hash = s.hash
                              JOIN ordered o ON (u.unit {_SEQ}) = o.seq),
                     head AS (SELECT hash, min_by(unit, rank) AS unit FROM copy GROUP BY hash)
                SELECT c.unit, h.unit AS head FROM copy c JOIN head h ON c.hash = h.hash WHERE c.unit <> h.unit"""
        )
        self._do(
            f"""CREATE TABLE {kind}_unit AS SELECT {rank} AS rank, u.unit, u.begins, u.size, u.probes FROM {kind} u
                JOIN ordered o ON (u.unit {_SEQ}) = o.seq ANTI JOIN {kind}_equal e ON u.unit = e.unit
                WHERE u.probes > 0"""
        )

    def candidates(self, kind: Kind) -> Iterator[tuple[Unit, Unit]]:
        """Pairs of texts to compare, the later one first; by its rank, then by that of the earlier one."""
        self._do(
            f"""CREATE OR REPLACE TEMP TABLE held AS
                WITH f AS (SELECT p.hash, u.rank FROM {kind}_probe p JOIN {kind}_unit u ON p.unit = u.unit),
                     shared AS (SELECT hash, count(*) AS crowd FROM f GROUP BY hash HAVING count(*) > 1)
                SELECT f.hash, f.rank, s.crowd FROM f JOIN shared s ON f.hash = s.hash"""
        )
        self._do(
            f"""CREATE OR REPLACE TEMP TABLE early AS SELECT hash, rank FROM held WHERE crowd <= {CROWD}
                UNION ALL
                SELECT hash, unnest(min(rank, {LINKS})) AS rank FROM held WHERE crowd > {CROWD} GROUP BY hash"""
        )
        self._do(
            f"""CREATE OR REPLACE TABLE {kind}_candidate AS
                WITH pair AS (SELECT a.rank AS x, b.rank AS y, count(*) AS n FROM early a JOIN held b
                              ON a.hash = b.hash AND a.rank < b.rank GROUP BY ALL HAVING count(*) >= {LEAST_PROBES})
                SELECT p.y, v.unit AS y_unit, v.begins AS y_begins, v.size AS y_size,
                       p.x, u.unit AS x_unit, u.begins AS x_begins, u.size AS x_size
                FROM pair p JOIN {kind}_unit u ON p.x = u.rank JOIN {kind}_unit v ON p.y = v.rank
                WHERE p.n >= {SHARE_OF_PROBES} * least(u.probes, v.probes)"""
        )
        cursor = self._tables.cursor()
        cursor.execute(f"SELECT * FROM {kind}_candidate ORDER BY y, x")
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                yield Unit(*row[:4]), Unit(*row[4:])

    def settle(self) -> None:
        """Bring what is equal and what is near together: for each text its head, and who is whose."""
        self.flush()
        for kind in KINDS:
            self._do(
                f"""CREATE TABLE {kind}_copy AS
                    WITH found AS (
                      SELECT unit, head, relation, jaccard, containment FROM {kind}_near
                      UNION ALL
                      SELECT e.unit, coalesce(n.head, e.head), coalesce(n.relation, 'equal'), coalesce(n.jaccard, 1.0),
                             coalesce(n.containment, 1.0)
                      FROM {kind}_equal e LEFT JOIN {kind}_near n ON e.head = n.unit)
                    SELECT f.unit {_SEQ} AS seq, f.unit {_BLOCK} AS block, r.seq AS of_seq, f.head {_BLOCK} AS of_block,
                           r.id AS of_id, f.relation, f.jaccard, f.containment
                    FROM found f JOIN record r ON (f.head {_SEQ}) = r.seq"""
            )
        self._do(
            """CREATE TABLE kept_of_paper AS
               SELECT of_seq, paper, min_by(seq, place) AS seq FROM
                 (SELECT c.of_seq, r.seq, coalesce(r.paper, '') AS paper, o.place FROM
                   (SELECT of_seq, seq FROM article_copy UNION ALL SELECT DISTINCT of_seq, of_seq FROM article_copy) c
                  JOIN record r ON c.seq = r.seq JOIN ordered o ON r.seq = o.seq)
               GROUP BY of_seq, paper"""
        )

    def copies(self) -> Iterator[tuple[int, str, str, float, float, bool]]:
        """Of every copy, by its place in the input: that place, the id of the kept record, the relation, Jaccard, containment,
        and whether it is the first one of its newspaper. The kept records themselves are among them, with the relation `kept`."""
        cursor = self._tables.cursor()
        cursor.execute(
            """SELECT c.seq, c.of_id, c.relation, c.jaccard, c.containment, k.seq IS NOT NULL FROM (
                 SELECT seq, of_seq, of_id, relation, jaccard, containment FROM article_copy
                 UNION ALL
                 SELECT DISTINCT of_seq, of_seq, of_id, 'kept', 1.0, 1.0 FROM article_copy) c
               LEFT JOIN kept_of_paper k ON c.seq = k.seq AND c.of_seq = k.of_seq ORDER BY c.seq"""
        )
        while rows := cursor.fetchmany(BATCH):
            for seq, of_id, *rest in rows:
                yield seq, _id(of_id), *rest

    def repeats(self) -> Iterator[tuple[int, int, str, int, str, float, float]]:
        """Of every paragraph that stands in another record too: the record's place in the input, its block, the id and block of
        the first one, the relation, Jaccard, containment."""
        cursor = self._tables.cursor()
        cursor.execute(
            """SELECT seq, block, of_id, of_block, relation, jaccard, containment FROM paragraph_copy
               WHERE seq <> of_seq ORDER BY seq, block"""
        )
        while rows := cursor.fetchmany(BATCH):
            for seq, block, of_id, *rest in rows:
                yield seq, block, _id(of_id), *rest


def _no_room(error: Exception) -> OutputError:
    said = str(error).splitlines()[0]
    return OutputError(f"the tables of the comparison: {said}", hint="more --memory, or a larger TMPDIR")


def no_room(error: Exception) -> OutputError:
    """The error for what DuckDB or the system said about the files in which things wait."""
    said = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
    return OutputError(f"the tables of the comparison: {said}", hint="more --memory, or a larger TMPDIR")


def hexadecimal(text: str) -> str:
    """A text as the tables hold it: it sorts as its code points do, and has neither commas nor line ends."""
    return text.encode("utf-8").hex()


def id_as_text(record_id: str | int) -> str:
    """An id as the tables hold it: numbers and texts apart, so that it comes back as the kind it was."""
    return f"n{record_id}" if isinstance(record_id, int) else "t" + hexadecimal(record_id)


def _id(value: str) -> str | int:
    return int(value[1:]) if value[0] == "n" else bytes.fromhex(value[1:]).decode("utf-8")
