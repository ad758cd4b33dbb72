"""The charts: pure functions from rows to a plotly figure. No frame is read and no page is written here."""

from dashboard.charts.budget import budget_chart
from dashboard.charts.gaps import gaps_chart
from dashboard.charts.parcours import parcours_chart

__all__ = ["budget_chart", "gaps_chart", "parcours_chart"]
