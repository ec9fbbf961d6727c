"""The web page. Gradio reads these settings as it is imported, so they are made here, before."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
