"""Which table holds the settings that are changed in the browser?"""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Instant, Prose, Protected


class KeptSetting(Protected, Base):
    """A setting that was changed. Without a row the packaged value holds."""

    __tablename__ = "kept_setting"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Prose)
    changed_at: Mapped[datetime] = mapped_column(Instant)
