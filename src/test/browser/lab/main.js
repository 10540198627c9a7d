// JupyterLab 4's notebook with its keys, its completer and its buttons, on one page: ?path=NOTEBOOK&token=TOKEN
import { SessionContextDialogs, Toolbar } from '@jupyterlab/apputils';
import { CodeMirrorEditorFactory, CodeMirrorMimeTypeService, EditorExtensionRegistry, EditorLanguageRegistry,
  EditorThemeRegistry, ybinding } from '@jupyterlab/codemirror';
import { Completer, CompleterModel, CompletionHandler, KernelCompleterProvider, ProviderReconciliator } from '@jupyterlab/completer';
import { PageConfig } from '@jupyterlab/coreutils';
import { Context } from '@jupyterlab/docregistry';
import { NotebookActions, NotebookModelFactory, NotebookPanel, NotebookWidgetFactory, StaticNotebook, ToolbarItems } from '@jupyterlab/notebook';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { ServerConnection, ServiceManager } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import { marked } from 'marked';
import '@jupyterlab/theme-light-extension/style/theme.css';
import '@jupyterlab/notebook/style/index.js';
import '@jupyterlab/completer/style/index.js';

const asked = new URLSearchParams(location.search);
const base = `${location.origin}/`;
PageConfig.setOption('baseUrl', base);

function services() {
  const token = asked.get('token');
  return new ServiceManager({ serverSettings: ServerConnection.makeSettings(
    { baseUrl: base, wsUrl: base.replace(/^http/, 'ws'), token, appendToken: true }) });
}

function codeEditors() {
  const languages = new EditorLanguageRegistry();
  EditorLanguageRegistry.getDefaultLanguages().forEach(each => languages.addLanguage(each));
  const themes = new EditorThemeRegistry();
  EditorThemeRegistry.getDefaultThemes().forEach(each => themes.addTheme(each));
  const extensions = new EditorExtensionRegistry();
  EditorExtensionRegistry.getDefaultExtensions({ themes }).forEach(each => extensions.addExtension(each));
  extensions.addExtension({
    name: 'shared-model-binding',
    factory: options => EditorExtensionRegistry.createImmutableExtension(ybinding({
      ytext: options.model.sharedModel.ysource,
      undoManager: options.model.sharedModel.undoManager ?? undefined,
    })),
  });
  return { languages, factory: new CodeMirrorEditorFactory({ extensions, languages }) };
}

function factory() {
  const editors = codeEditors();
  return new NotebookWidgetFactory({
    name: 'Notebook',
    fileTypes: ['notebook'],
    preferKernel: true,
    canStartKernel: true,
    rendermime: new RenderMimeRegistry({
      initialFactories: standardRendererFactories,
      markdownParser: { render: async text => marked.parse(text) },
    }),
    contentFactory: new NotebookPanel.ContentFactory({ editorFactory: editors.factory.newInlineEditor }),
    mimeTypeService: new CodeMirrorMimeTypeService(editors.languages),
    notebookConfig: { ...StaticNotebook.defaultNotebookConfig, windowingMode: 'none' },
  });
}

function completion(panel, session) {
  const of = editor => new ProviderReconciliator({
    context: { widget: panel, editor, session },
    providers: [new KernelCompleterProvider()],
    timeout: 5000,
  });
  const editor = panel.content.activeCell?.editor ?? null;
  const completer = new Completer({ editor, model: new CompleterModel() });
  const handler = new CompletionHandler({ completer, reconciliator: of(editor) });
  const follow = () => {
    handler.editor = panel.content.activeCell?.editor ?? null;
    handler.reconciliator = of(handler.editor);
  };
  follow();
  panel.content.activeCellChanged.connect(follow);
  completer.hide();
  completer.addClass('jp-Notebook-completer');
  Widget.attach(completer, document.body);
  return handler;
}

function keys(panel, context, handler) {
  const commands = new CommandRegistry();
  document.addEventListener('keydown', event => commands.processKeydownEvent(event), true);
  const bind = (command, key, selector, execute) => {
    commands.addCommand(command, { execute });
    commands.addKeyBinding({ command, keys: [key], selector });
  };
  bind('complete', 'Tab', '.jp-Notebook .jp-mod-completer-enabled', () => handler.invoke());
  bind('choose', 'Enter', '.jp-Notebook .jp-mod-completer-active', () => handler.completer.selectActive());
  bind('run', 'Ctrl Enter', '.jp-Notebook', () => NotebookActions.run(panel.content, context.sessionContext));
}

async function open() {
  const manager = services();
  await manager.ready;
  const path = asked.get('path');
  const context = new Context({ manager, factory: new NotebookModelFactory({}), path,
    kernelPreference: { name: 'java', shouldStart: true, canStart: true, autoStartDefault: true } });
  const panel = factory().createNew(context);
  panel.toolbar.addItem('run', ToolbarItems.createRunButton(panel, new SessionContextDialogs()));
  panel.toolbar.addItem('interrupt', Toolbar.createInterruptButton(context.sessionContext));
  panel.toolbar.addItem('kernel', Toolbar.createKernelNameItem(context.sessionContext, new SessionContextDialogs()));
  Widget.attach(panel, document.body);
  panel.node.style.cssText = 'position:absolute;inset:0';
  addEventListener('resize', () => panel.update());
  await context.initialize(false);
  await context.sessionContext.initialize();
  await context.sessionContext.ready;
  await context.sessionContext.session.kernel.info;
  keys(panel, context, completion(panel, context.sessionContext.session));
  return {
    end: () => context.sessionContext.shutdown(),
    done: index => panel.content.widgets[index].model.executionState === 'idle'
      && panel.content.widgets[index].model.executionCount !== null,
  };
}

globalThis.lab = { failures: [] };
addEventListener('error', event => lab.failures.push(String(event.message)));
addEventListener('unhandledrejection', event => lab.failures.push(String(event.reason)));
open().then(opened => Object.assign(lab, opened, { ready: true }), error => lab.failures.push(String(error?.stack || error)));
