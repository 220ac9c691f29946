"""Which parts of administration answer requests?"""

from assessor.administration import (  # noqa: F401  # routes of the same part
    holiday_views,
    office_place_views,
)
from assessor.administration.area_views import blueprint as service_areas
from assessor.administration.letterhead_views import blueprint as letterheads
from assessor.administration.office_views import blueprint as offices
from assessor.administration.setting_views import blueprint as settings
from assessor.administration.succession_views import blueprint as succession
from assessor.administration.wellbeing_views import blueprint as wellbeing

ALL = (offices, letterheads, service_areas, succession, settings, wellbeing)
