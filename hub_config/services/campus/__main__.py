"""`python -m hub_config.services.campus`, started by the hub."""

from hub_config.services.campus.app import create_app
from hub_config.services.listening import run

if __name__ == "__main__":
    run("campus", create_app)
