{{- define "haapp.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "haapp.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "haapp.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "haapp.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "haapp.selectorLabels" -}}
app.kubernetes.io/name: {{ include "haapp.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* Of all objects; each has a component besides. */ -}}
{{- define "haapp.commonLabels" -}}
{{ include "haapp.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "haapp.labels" -}}
{{ include "haapp.commonLabels" . }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "haapp.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "haapp.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name is required when serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "haapp.subject" -}}
- kind: ServiceAccount
  name: {{ include "haapp.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{- define "haapp.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}
{{- end }}

{{- /* Which namespaces a policy is for: all, or those that the operator watches. */ -}}
{{- define "haapp.watchedNamespaces" -}}
{{- if .Values.watchNamespaces -}}
matchResources:
  namespaceSelector:
    matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: In
      values: {{ .Values.watchNamespaces | toJson }}
{{- end }}
{{- end }}

{{- /* A pod of the operator's image that does one thing and ends. */ -}}
{{- define "haapp.once" -}}
{{- $root := .root -}}
restartPolicy: Never
serviceAccountName: {{ include "haapp.serviceAccountName" $root }}
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "haapp.podSecurity" $root | nindent 2 }}
containers:
- name: once
  image: {{ include "haapp.image" $root | quote }}
  imagePullPolicy: {{ $root.Values.image.pullPolicy }}
  args: {{ toJson .args }}
  env:
  # Helm shows a person what it says.
  - name: HAAPP_LOG_FORMAT
    value: text
  {{- with $root.Values.watchNamespaces }}
  - name: HAAPP_WATCH_NAMESPACES
    value: {{ join "," . | quote }}
  {{- end }}
  resources:
    requests: {cpu: 50m, memory: 128Mi}
    limits: {memory: 256Mi}
  securityContext:
    {{- include "haapp.containerSecurity" $root | nindent 4 }}
{{- with $root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* The restricted Pod Security Standard, as a user that the image has. */ -}}
{{- define "haapp.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "haapp.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Port of the collector of traces: its URL's own, or that of its scheme. */}}
{{- define "haapp.collectorPort" -}}
{{- $url := urlParse .Values.tracing.endpoint }}
{{- regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (ternary "443" "80" (eq $url.scheme "https")) }}
{{- end }}
