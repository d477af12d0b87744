// The plugin: a card in the launcher that makes a lesson, a button on every notebook that shows it as learners see it.
import * as wording from "./wording.js";

const LEAF =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#2f7d4f" d="M20 3C9 3 4 8 4 15c0 1.500.300 2.900.900 4L3 21l1.400 1.400 2.300-2.300C7.800 20.700 9 21 10.500 21 17 21 21 15 20 3zM8 17c1-5 4-8 8-10-3 3-5.500 6-6.500 10.400z"/></svg>';
const PHONE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4c0-1.100.900-2 2-2zm0 3v13h10V5zm4 14.500v1h2v-1z"/></svg>';
const MAKE = "hocai:new-lesson";
const SHOW = "hocai:preview";

export function plugin({ apputils, filebrowser, launcher, notebook, services, widgets, "ui-components": ui }) {
  const leaf = new ui.LabIcon({ name: "hocai:leaf", svgstr: LEAF });
  const phone = new ui.LabIcon({ name: "hocai:phone", svgstr: PHONE });
  const settings = services.ServerConnection.makeSettings();

  async function ask(path, sent) {
    const request = sent === undefined ? {} : { method: "POST", body: JSON.stringify(sent) };
    let reply, told;
    try {
      reply = await services.ServerConnection.makeRequest(`${settings.baseUrl}hocai/${path}`, request, settings);
      told = await reply.json();
    } catch {
      throw new Error(wording.NO_ANSWER);
    }
    if (!reply.ok) throw new Error(told.message || wording.NO_ANSWER);
    return told;
  }

  function explain(title, error) {
    const body = document.createElement("p");
    body.textContent = error.message;
    body.style.whiteSpace = "pre-line";
    return apputils.showDialog({
      title,
      body: new widgets.Widget({ node: body }),
      buttons: [apputils.Dialog.okButton({ label: wording.CLOSE })],
    });
  }

  return {
    id: "hocai-lab:plugin",
    autoStart: true,
    requires: [launcher.ILauncher, notebook.INotebookTracker, filebrowser.IDefaultFileBrowser],
    optional: [apputils.ICommandPalette],
    activate(app, cards, notebooks, files, palette) {
      const shown = new Map(); // notebook's path -> the panel with its lesson

      app.commands.addCommand(MAKE, {
        label: wording.NEW,
        caption: wording.NEW_HINT,
        icon: leaf,
        execute: async ({ cwd }) => {
          try {
            const levels = await ask("levels");
            const { button, value } = await apputils.showDialog({
              title: wording.NEW,
              body: lessonForm(widgets, levels, cwd ?? files.model.path),
              buttons: [
                apputils.Dialog.cancelButton({ label: wording.CANCEL }),
                apputils.Dialog.okButton({ label: wording.MAKE }),
              ],
            });
            if (!button.accept) return;
            const { path } = await ask("lessons", value);
            await app.commands.execute("filebrowser:open-path", { path: path.slice(0, path.lastIndexOf("/")) });
            await app.commands.execute("docmanager:open", { path });
          } catch (error) {
            await explain(wording.NOT_MADE, error);
          }
        },
      });

      app.commands.addCommand(SHOW, {
        label: wording.PREVIEW,
        caption: wording.PREVIEW_HINT,
        icon: phone,
        isEnabled: () => notebooks.currentWidget !== null,
        execute: async () => {
          const { context, id } = notebooks.currentWidget;
          try {
            if (context.model.dirty) await context.save();
            let panel = shown.get(context.path);
            if (!panel || panel.isDisposed) {
              panel = lessonPanel(widgets, phone, context.path);
              shown.set(context.path, panel);
              app.shell.add(panel, "main", { mode: "split-right", ref: id, activate: false });
            }
            panel.open((await ask("preview", { path: context.path })).url);
            app.shell.activateById(panel.id);
          } catch (error) {
            shown.get(context.path)?.dispose();
            await explain(wording.NOT_SHOWN, error);
          }
        },
      });

      notebooks.currentChanged.connect(() => app.commands.notifyCommandChanged(SHOW));

      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel) {
          const button = new ui.CommandToolbarButton({ commands: app.commands, id: SHOW, label: wording.PREVIEW });
          panel.toolbar.insertItem(0, SHOW, button); // first: what is last goes into a menu where the panel is narrow
          return button;
        },
      });
      const first = document.createElement("style"); // the launcher would put our section last
      first.textContent = `.jp-Launcher-content { display: flex; flex-direction: column; }
        .jp-Launcher-section:has([data-category="${wording.SECTION}"]) { order: -1; }`;
      document.head.append(first);
      cards.add({ command: MAKE, category: wording.SECTION, rank: 0 });
      for (const command of [MAKE, SHOW]) palette?.addItem({ command, category: wording.SECTION });
    },
  };
}

// The form of the dialog that makes a lesson; its value is what the server is sent.
function lessonForm(widgets, levels, cwd) {
  const title = element("input", { required: true, maxLength: 80, placeholder: wording.TITLE_HINT });
  const level = element("select", {}, ...levels.map((one) => element("option", { value: one.path }, one.title)));
  level.value = (levels.find((one) => within(cwd, one.path)) ?? levels[0])?.path;
  for (const field of [title, level]) field.className = "jp-mod-styled";
  const form = new widgets.Widget({ node: element("div", {}, labelled(wording.TITLE, title), labelled(wording.LEVEL, level)) });
  form.getValue = () => ({ title: title.value, level: level.value });
  return form;
}

// The panel beside a notebook; `open(address)` shows the lesson in it.
function lessonPanel(widgets, icon, path) {
  const waiting = element("p", { role: "status" }, wording.BUILDING);
  waiting.style.padding = "1rem";
  const panel = new widgets.Widget({ node: element("div", {}, waiting) });
  panel.addClass("jp-IFrame"); // lets go of the mouse while panels are dragged
  panel.id = `hocai-preview-${path}`;
  Object.assign(panel.title, { label: wording.TAB(path.split("/").at(-2) ?? path), icon, closable: true });
  let shown = "";
  panel.open = (address) => {
    if (address === shown) return; // it follows what is saved by itself
    shown = address;
    const frame = element("iframe", { title: wording.PREVIEW, allow: "microphone", src: address });
    Object.assign(frame.style, { border: "0", width: "100%", height: "100%" });
    panel.node.replaceChildren(frame);
  };
  return panel;
}

function within(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

function labelled(text, field) {
  const label = element("label", {}, text, field);
  Object.assign(label.style, { display: "block", marginBottom: "0.75rem" });
  Object.assign(field.style, { display: "block", width: "100%", boxSizing: "border-box" });
  return label;
}

function element(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
