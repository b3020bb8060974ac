#!/bin/bash
# Environment: version version-of-the-environment of arn:aws:secretsmanager:us-east-1:123456789012:secret:ha-shop-environment-AbCdEf
set -euo pipefail

for attempt in 1 2 3 4 5; do
  dnf install -y docker && break
  sleep $((attempt * 5))
done
systemctl enable --now docker

install -d -m 0755 /opt/app
cat > /opt/app/run <<'RUN'
#!/usr/bin/python3
"""Runs the app's container with the environment that Secrets Manager holds for it."""
import json
import os
import shutil
import subprocess

REGION = "us-east-1"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ha-shop-environment-AbCdEf"
IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1"
REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com eu-west-1".split()
DOCKER = shutil.which("docker")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def aws(region, *arguments):
    command = ["aws", "--region", region, "--output", "text", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if subprocess.run([DOCKER, "image", "inspect", IMAGE], check=False, **QUIET).returncode:
    if REGISTRY:
        host, registry_region = REGISTRY
        login = [DOCKER, "login", "--username", "AWS", "--password-stdin", host]
        token = aws(registry_region, "ecr", "get-login-password")
        subprocess.run(login, check=True, input=token, text=True, stdout=subprocess.DEVNULL)
    subprocess.run([DOCKER, "pull", "--quiet", IMAGE], check=True)

value = aws(REGION, "secretsmanager", "get-secret-value", "--secret-id", SECRET, "--query", "SecretString")
environment = json.loads(value)
subprocess.run([DOCKER, "rm", "--force", "app"], check=False, **QUIET)
# Every process may read arguments, so they have names only; docker takes the values from its own environment.
names = [argument for name in sorted(environment) for argument in ("--env", name)]
command = [DOCKER, "--host", "unix:///run/docker.sock", "run", "--rm", "--name", "app", "--pull", "never"]
command += ["--publish", "8080:8080", "--security-opt", "no-new-privileges", "--log-driver", "journald"]
os.execve(DOCKER, [*command, *names, IMAGE], {**os.environ, **environment})
RUN
chmod 0755 /opt/app/run

cat > /etc/systemd/system/app.service <<'UNIT'
[Unit]
Description=The app's container
After=docker.service network-online.target
Requires=docker.service
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=/opt/app/run
ExecStop=/usr/bin/docker stop --time 30 app
Restart=always
RestartSec=5
TimeoutStartSec=0
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now app.service
