"""Campus as a process of its own, to be killed: python campus_program.py PORT LEASE_S. The hub is played elsewhere."""

if __name__ == "__main__":
    import os
    import sys

    from hub_config.services import listening
    from hub_config.services.campus.app import create_app
    from hub_config.settings import Settings

    port, lease_s = int(sys.argv[1]), float(sys.argv[2])
    app = create_app(Settings.load(os.environ), os.environ, slots=2, lease_s=lease_s, poll_s=0.2)
    listening.listen(app, port, listening.prefix_of("campus", os.environ), "error")
