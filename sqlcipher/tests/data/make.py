#!/usr/bin/env python3
"""Reads and writes files with a stock SQLCipher, the one that the PyPI package `sqlcipher3-wheels` carries (OpenSSL).

    pip install sqlcipher3-wheels
    make.py fixtures          writes the *.db files beside this script, which tests/stock.rs opens
    make.py write FILE SPEC   makes or continues FILE: forty more rows, left in a -wal file
    make.py read FILE SPEC    checks FILE, prints `integrity rows sum`
    make.py rekey FILE SPEC NEW

SPEC is what `PRAGMA key` takes: a passphrase or x'…'. The figures that the tests expect follow from the rows.
"""

import os
import pathlib
import sys

from sqlcipher3 import dbapi2 as stock

ROWS = 40


def connect(path, spec):
    conn = stock.connect(str(path), isolation_level=None)
    conn.execute('PRAGMA key = "%s"' % spec)
    return conn


def fill(conn):
    conn.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, v TEXT NOT NULL, n INTEGER NOT NULL) STRICT")
    conn.execute("CREATE INDEX IF NOT EXISTS t_n ON t(n)")
    first = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM t").fetchone()[0]
    conn.execute("BEGIN")
    for i in range(first, first + ROWS):
        conn.execute("INSERT INTO t VALUES (?, ?, ?)", (i, "a readable marker, number %d" % i, i * i))
    conn.execute("COMMIT")


def write(path, spec):
    conn = connect(path, spec)
    conn.execute("PRAGMA journal_mode = WAL")
    fill(conn)
    sys.stdout.write("written\n")
    sys.stdout.flush()
    os._exit(0)  # as a crash would: no checkpoint, so the -wal file stays


def read(path, spec):
    conn = connect(path, spec)
    pages = conn.execute("PRAGMA cipher_integrity_check").fetchall()
    tree = conn.execute("PRAGMA integrity_check").fetchone()[0]
    rows, total = conn.execute("SELECT count(*), sum(n) FROM t WHERE v = 'a readable marker, number ' || id").fetchone()
    print("ok" if not pages and tree == "ok" else "damaged", rows, total)


def rekey(path, spec, new):
    conn = connect(path, spec)
    conn.execute("SELECT count(*) FROM t").fetchone()
    conn.execute('PRAGMA rekey = "%s"' % new)
    conn.close()


def fixtures():
    key = bytes(range(32)).hex()
    salt = bytes(range(0xA0, 0xB0)).hex()
    for name, spec in [
        ("stock_raw.db", "x'%s'" % key),
        ("stock_salted.db", "x'%s%s'" % (key, salt)),
        ("stock_passphrase.db", "correct horse"),
    ]:
        path = pathlib.Path(__file__).with_name(name)
        path.unlink(missing_ok=True)
        conn = connect(path, spec)
        fill(conn)
        conn.close()


if __name__ == "__main__":
    {"fixtures": fixtures, "write": write, "read": read, "rekey": rekey}[sys.argv[1]](*sys.argv[2:])
