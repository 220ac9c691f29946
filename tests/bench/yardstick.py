"""The bare route that saving a score is measured against: Flask, SQLAlchemy, one UPDATE, commit.

It runs under the same pragmas and the same server; no sign-in, no access check, no journal.
"""

import os

from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from assessor.database.engine import prepare_engine, taking_the_write_lock

engine = create_engine(os.environ["YARDSTICK_DATABASE"])
prepare_engine(engine)
app = Flask(__name__)


def prepare() -> None:
    """One row to update, one page's worth of rows to read."""
    with taking_the_write_lock(), engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, v TEXT)"))
        connection.execute(text("DELETE FROM bare"))
        for number in range(120):
            connection.execute(text("INSERT INTO bare VALUES (:id, '0')"), {"id": number})


@app.get("/health")
def health() -> str:
    return "ok"


@app.post("/save/<int:number>")
def save(number: int) -> str:
    with taking_the_write_lock(), Session(engine) as session:
        session.execute(
            text("UPDATE bare SET v = :v WHERE id = :id"), {"id": number % 120, "v": str(number)}
        )
        session.commit()
    return "ok"
