"""Each change of the log is told whether it can be taken back, or takes one back."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

UNDOABLE = (
    "create",
    "edit",
    "delete",
    "join",
    "split",
    "paste",
    "merge",
    "move",
    "restore",
    "answer",
    "accept",
    "import",
)
BACK = ("undo", "redo")
PUT_BACK = ("source", "statement", "excerpt", "inference", "answer", "map")
CARRIED, CARRYING = ("comment", "answer", "rating"), ("merge", "move")
SETTLED = ("comment", "suggestion")


def tell(apps: Any, schema_editor: object) -> None:
    """Tell it of what was written before, by the rows that it wrote."""
    changes, rows = (apps.get_model("argmap", name).objects for name in ("Change", "ChangeItem"))
    made_or_removed = Q(before__isnull=True) | Q(after__isnull=True)
    carried = Q(type__in=CARRIED, change__verb__in=(*CARRYING, *BACK))
    settled = Q(type__in=SETTLED, change__verb__in=("accept", *BACK))
    beyond = ~(Q(type__in=PUT_BACK) | carried | settled) | (Q(type="map") & made_or_removed)
    items = rows.filter(beyond, change=OuterRef("pk"))
    changes.filter(~Exists(items), verb__in=(*UNDOABLE, *BACK)).update(undoable=True)


class Migration(migrations.Migration):
    dependencies = [
        ("argmap", "0009_comments_on_inferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="undoable",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
