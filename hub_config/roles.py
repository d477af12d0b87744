"""Who may do what on the hub: the smallest scopes that work.

A class that is opened while the hub runs has no role yet: roles are read at start. Until the next start its server
can be shared with its teachers through the hub's shares API (`POST /hub/api/shares/class-ID/` with
`{"group": "formgrade-ID", "scopes": ["access:servers!server=class-ID/"]}`), which needs the scope
`shares!user=class-ID` of the class's own user.
"""

from typing import Any

from traitlets.config import Config

from hub_config.auth import PEOPLE_GROUP, teachers
from hub_config.services.campus import accounts
from hub_config.services.campus.accounts import CLASS_PREFIX
from hub_config.services.campus.database import connect
from hub_config.services.campus.hubapi import TOKEN_SCOPES
from hub_config.services.tokens import REPLIES_SCOPE
from hub_config.settings import Settings

SERVICES = ("campus", "ai", "apps", "live")


def server_scopes(spawner: Any) -> list[str]:
    """Scopes of the token inside a server. A class's server grades and asks nobody."""
    own = ["users:activity!user", "access:servers!server"]
    return own if spawner.user.name.startswith(CLASS_PREFIX) else [*own, *TOKEN_SCOPES]


def apply(c: Config, settings: Settings) -> None:
    """Roles of people, services and the classes that exist now."""
    engine = connect(settings)
    try:
        class_ids = [found.id for found in accounts.list_classes(engine)]
    finally:
        engine.dispose()
    servers = [f"servers!user={CLASS_PREFIX}{class_id}" for class_id in class_ids]
    issue = f"tokens!group={PEOPLE_GROUP}"  # not for admins: a stolen service token must not become the hub
    c.JupyterHub.custom_scopes = {REPLIES_SCOPE: {"description": "Read what the AI answered to learners."}}
    c.JupyterHub.load_roles = [
        {"name": "user", "scopes": ["self", *(f"access:services!service={name}" for name in SERVICES)]},
        # campus asks the gateway as the judge, with its own quota, and what it answered to learners
        {
            "name": "campus",
            "services": ["campus"],
            "scopes": [issue, "access:services!service=ai", REPLIES_SCOPE, *servers],
        },
        {"name": "apps", "services": ["apps"], "scopes": [issue]},
        {"name": "live", "services": ["live"], "scopes": [issue]},
        {
            "name": "idle-culler",
            "services": ["idle-culler"],
            "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        },
        # the server's own user must exist before campus can start it
        {"name": "class-server", "users": [CLASS_PREFIX + class_id for class_id in class_ids], "scopes": []},
        *(
            {
                "name": f"teach-{class_id}",
                "groups": [teachers(class_id)],
                "scopes": [f"access:servers!user={CLASS_PREFIX}{class_id}"],
            }
            for class_id in class_ids
        ),
    ]
    c.Spawner.server_token_scopes = server_scopes
