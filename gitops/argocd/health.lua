-- Health of a HighlyAvailableApp for Argo CD: what its status says, never what was only asked for.
-- The forms that Argo CD takes it in are generated from this file; see docs/gitops.md.

local function is(value)
  return value ~= nil and value ~= ""
end

local function condition(name)
  for _, one in ipairs(obj.status.conditions or {}) do
    if one.type == name then
      return one
    end
  end
  return { status = "Unknown", reason = "", message = "" }
end

local function health(status, message)
  return { status = status, message = message }
end

-- The message of a condition, or what to say where it has none.
local function said(name, otherwise)
  local message = condition(name).message
  if is(message) then
    return message
  end
  return otherwise
end

-- What a person should know of an app that is healthy all the same.
local function remarks()
  local lines = {}
  if condition("HighlyAvailable").status == "False" then
    table.insert(lines, "not highly available: " .. said("HighlyAvailable", "see its condition"))
  end
  if condition("InSync").status == "False" then
    table.insert(lines, condition("InSync").reason .. ": " .. said("InSync", "see its condition"))
  end
  return table.concat(lines, "; ")
end

-- An older spec's status says nothing of this one; -1 is the CRD's default before the operator has come by.
local observed = obj.status ~= nil and obj.status.observedGeneration or -1
if observed ~= obj.metadata.generation then
  return health("Progressing", "waiting for the operator to observe this spec")
end

local phase = obj.status.phase
if phase == "Paused" then
  return health("Suspended", "paused by the annotation highlyavailable.io/paused")
end
if phase == "Stalled" or condition("Stalled").status == "True" then
  return health("Degraded", said("Stalled", "stalled"))
end
if phase == "Degraded" then
  return health("Degraded", said("Ready", "degraded"))
end
if phase == "Ready" and condition("Ready").status == "True" then
  return health("Healthy", remarks())
end
return health("Progressing", said("Ready", "on its way"))
