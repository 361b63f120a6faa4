/** A program of two shaders. */
export class Program {
  private readonly program: WebGLProgram;
  private readonly uniforms = new Map<string, WebGLUniformLocation | null>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
  ) {
    this.program = gl.createProgram()!;
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (gl.getProgramParameter(this.program, gl.LINK_STATUS) !== true && !gl.isContextLost())
      throw new Error(`A shader does not link: ${gl.getProgramInfoLog(this.program)}`);
  }

  use(): void {
    this.gl.useProgram(this.program);
  }

  uniform(name: string): WebGLUniformLocation | null {
    if (!this.uniforms.has(name)) this.uniforms.set(name, this.gl.getUniformLocation(this.program, name));
    return this.uniforms.get(name)!;
  }

  /** Binds textures to the samplers of their names. */
  textures(named: Readonly<Record<string, Texture>>): void {
    Object.entries(named).forEach(([name, { texture }], unit) => {
      this.gl.activeTexture(this.gl.TEXTURE0 + unit);
      this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
      this.gl.uniform1i(this.uniform(name), unit);
    });
  }
}

export class Texture {
  readonly texture: WebGLTexture;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.texture = gl.createTexture()!;
  }

  /** Replaces its content; whole numbers are never interpolated. */
  put(inner: number, format: number, type: number, width: number, height: number, data: ArrayBufferView): void {
    const { gl } = this;
    this.bind();
    gl.texImage2D(gl.TEXTURE_2D, 0, inner, width, height, 0, format, type, data);
    this.parameters(gl.NEAREST, gl.NEAREST);
  }

  /** Makes room for pixels that are drawn into it, and for smaller copies. */
  reserve(width: number, height: number): void {
    const { gl } = this;
    this.bind();
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  }

  /** Makes the smaller copies that are shown when the picture is reduced, so that no structure flickers or is lost. */
  makeSmaller(): void {
    this.bind();
    this.gl.generateMipmap(this.gl.TEXTURE_2D);
  }

  filter(smooth: boolean): void {
    this.bind();
    this.parameters(this.gl.LINEAR_MIPMAP_LINEAR, smooth ? this.gl.LINEAR : this.gl.NEAREST);
  }

  private bind(): void {
    this.gl.activeTexture(this.gl.TEXTURE0);
    this.gl.bindTexture(this.gl.TEXTURE_2D, this.texture);
  }

  private parameters(smaller: number, larger: number): void {
    const { gl } = this;
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, smaller);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, larger);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }
}
