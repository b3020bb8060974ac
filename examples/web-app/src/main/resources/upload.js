// A file goes up as it is: no form around it that the server would have to take apart.
const file = document.getElementById("upload");
file.addEventListener("change", async () => {
  const chosen = file.files[0];
  const answer = await fetch("/documents?name=" + encodeURIComponent(chosen.name), { method: "POST", body: chosen });
  if (answer.ok) {
    location.reload();
  } else {
    document.getElementById("outcome").textContent = await answer.text();
  }
});
