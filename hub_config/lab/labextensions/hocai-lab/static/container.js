// What JupyterLab asks of a prebuilt extension: a module-federation container with init() and get(), here by hand, so
// that nothing is built. It hands JupyterLab's own modules, tokens included, to plugin.js, which is an ordinary module.
(() => {
  const SHARED = ["apputils", "filebrowser", "launcher", "notebook", "services", "ui-components"];
  const place = new URL(".", document.currentScript.src);
  let scope = null;

  // The one version of a package that JupyterLab brings itself; what other extensions bring goes by other names.
  async function shared(name) {
    const versions = Object.values(scope[name] ?? {});
    const own = versions.find((one) => one.from?.startsWith("@jupyterlab/application-top")) ?? versions[0];
    return (await own.get())();
  }

  (window._JUPYTERLAB ??= {})["hocai-lab"] = {
    init(given) {
      scope = given;
    },
    async get() {
      const modules = {};
      for (const name of SHARED) modules[name] = await shared(`@jupyterlab/${name}`);
      modules.widgets = await shared("@lumino/widgets");
      const { plugin } = await import(new URL("plugin.js", place));
      return () => ({ __esModule: true, default: plugin(modules) });
    },
  };
})();
