// Where an exercise's pictures and sounds come from. Pages ask the apps service by their own cookie, and the browser
// keeps what it sends; JupyterLab's page has no such cookie, so there campus is asked with the learner's token.
export class Files {
  constructor(lesson, transport, page) {
    Object.assign(this, { lesson, transport, page });
    this.held = new Map(); // name: promise of an address that holds it
  }

  // Makes it the source of an image or a player, which hears `error` where it does not come.
  async show(element, name) {
    if (this.page) {
      element.src = `${this.transport.current.apps || "/services/apps"}/${this.lesson}/material/${name}`;
      return;
    }
    try {
      if (!this.held.has(name)) this.held.set(name, this.fetched(name));
      element.src = await this.held.get(name);
    } catch {
      this.held.delete(name);
      element.dispatchEvent(new Event("error"));
    }
  }

  async fetched(name) {
    return URL.createObjectURL(await this.transport.material(this.lesson, name));
  }

  close() {
    for (const address of this.held.values()) address.then((url) => URL.revokeObjectURL(url), () => {});
  }
}
