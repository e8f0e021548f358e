"""An hourly run under Airflow 3. A retry has the same stamp, so it goes on where the attempt before was killed."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    dag_id="obecsum_hourly",
    schedule="17 * * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Bangkok"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
):
    BashOperator(
        task_id="clean",
        bash_command="/opt/obecsum/hourly.sh /srv/feeds/releases.jsonl /var/lib/obecsum {{ ts_nodash }}",
        env={"PATH": "/opt/obecsum/bin:/usr/local/bin:/usr/bin:/bin"},
        append_env=True,
        execution_timeout=timedelta(minutes=50),
    )
