import { heatTable, stepsOf } from '../arithmetic/blend.js';
import type { Frame } from '../arithmetic/view.js';
import { levelsOf } from '../arithmetic/window.js';
import type { Shown, ViewState } from '../picture.js';
import type { Painter } from './painter.js';
import { cornersShader, developShader, showShader } from './shaders.js';
import { Program, Texture } from './webgl.js';

/** A table that leaves every level of gray as it is. */
const grayTable = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));

/**
 * Draws on the graphics processor: the picture is developed once into a texture at its own size, which moving and
 * zooming then only sample. The window is a table of all 65,536 values, so that it is exact.
 */
export class WebglPainter implements Painter {
  readonly kind = 'webgl2';
  private readonly developer: Program;
  private readonly shower: Program;
  private readonly target: WebGLFramebuffer;
  private readonly textures: Record<'gray' | 'levels' | 'table' | 'colour' | 'overlay' | 'heats', Texture>;
  private readonly developed: Texture;
  private readonly levels = new Uint8Array(65_536);
  private shown: Shown | undefined;

  /** @returns undefined where the browser has no WebGL2 */
  static on(canvas: HTMLCanvasElement): WebglPainter | undefined {
    const options = {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      premultipliedAlpha: false,
      preserveDrawingBuffer: true,
    };
    const gl = canvas.getContext('webgl2', options) as WebGL2RenderingContext | null;
    return gl === null || gl.isContextLost() ? undefined : new WebglPainter(canvas, gl);
  }

  private constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
  ) {
    gl.disable(gl.DITHER);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    this.developer = new Program(gl, cornersShader, developShader);
    this.shower = new Program(gl, cornersShader, showShader);
    this.target = gl.createFramebuffer()!;
    const texture = (): Texture => new Texture(gl);
    this.textures = {
      ...{ gray: texture(), levels: texture(), table: texture() },
      ...{ colour: texture(), overlay: texture(), heats: texture() },
    };
    this.developed = texture();
  }

  /** Whether a picture of this size fits the graphics processor. */
  takes({ gray, colour, overlay }: Shown): boolean {
    const most = this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE) as number;
    const sizes = [gray, ...(colour !== undefined && 'rgb' in colour ? [colour] : []), ...(overlay ? [overlay] : [])];
    return sizes.every(({ width, height }) => Math.max(width, height) <= most);
  }

  load(shown: Shown): void {
    const { gl, textures } = this;
    const { gray, colour, overlay } = shown;
    const { width, height } = gray;
    this.shown = shown;
    if (gray.data instanceof Uint16Array)
      textures.gray.put(gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT, width, height, gray.data);
    else textures.gray.put(gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE, width, height, gray.data);
    const rgb = (texture: Texture, columns: number, rows: number, data: Uint8Array): void =>
      texture.put(gl.RGB8UI, gl.RGB_INTEGER, gl.UNSIGNED_BYTE, columns, rows, data);
    rgb(textures.table, 256, 1, colour !== undefined && 'table' in colour ? colour.table : grayTable);
    if (colour !== undefined && 'rgb' in colour) rgb(textures.colour, colour.width, colour.height, colour.rgb);
    else rgb(textures.colour, 1, 1, new Uint8Array(3));
    const { width: columns, height: rows, data } = overlay ?? { width: 1, height: 1, data: new Uint8Array(1) };
    textures.overlay.put(gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE, columns, rows, data);
    rgb(textures.heats, 256, 1, overlay?.table ?? heatTable);
    this.developed.reserve(width, height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.developed.texture, 0);
  }

  develop(state: Pick<ViewState, 'window' | 'invert' | 'colour' | 'overlay'>): void {
    const { gl, textures, developer } = this;
    if (this.shown === undefined) return;
    const { gray, colour } = this.shown;
    levelsOf(state.window, state.invert, this.levels);
    textures.levels.put(gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE, 256, 256, this.levels);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.viewport(0, 0, gray.width, gray.height);
    developer.use();
    developer.textures(textures);
    gl.uniform2ui(developer.uniform('size'), gray.width, gray.height);
    gl.uniform1i(developer.uniform('hasColour'), colour !== undefined && 'rgb' in colour ? 1 : 0);
    gl.uniform1ui(developer.uniform('share'), colour === undefined ? 0 : stepsOf(state.colour));
    gl.uniform1ui(developer.uniform('opacity'), stepsOf(state.overlay));
    gl.uniform4f(developer.uniform('corners'), -1, -1, 1, 1);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    this.developed.makeSmaller();
  }

  draw({ scale, left, top }: Frame, smooth: boolean): void {
    const { gl, canvas, shower } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (this.shown === undefined) return;
    const { width, height } = this.shown.gray;
    shower.use();
    shower.textures({ picture: this.developed });
    this.developed.filter(smooth);
    const across = (x: number): number => (2 * x) / canvas.width - 1;
    const up = (y: number): number => 1 - (2 * y) / canvas.height;
    const [right, bottom] = [left + width * scale, top + height * scale];
    gl.uniform4f(shower.uniform('corners'), across(left), up(top), across(right), up(bottom));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  pixels(): Uint8ClampedArray {
    const { gl, shown } = this;
    if (shown === undefined) return new Uint8ClampedArray();
    const { width, height } = shown.gray;
    const bytes = new Uint8Array(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return new Uint8ClampedArray(bytes.buffer);
  }

  destroy(): void {
    this.shown = undefined;
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
