/** Corners of a rectangle, without any buffer: `corners` are left, top, right, bottom in clip space. */
export const cornersShader = `#version 300 es
uniform vec4 corners;
out vec2 place;
void main() {
  vec2 share = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  place = share;
  gl_Position = vec4(mix(corners.xy, corners.zw, share), 0.0, 1.0);
}`;

/** The rule of \`developPixels\`, in whole numbers. Its target has the gray picture's size, first row first. */
export const developShader = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D gray, levels, table, colour, overlay, heats;
uniform uvec2 size;
uniform bool hasColour;
uniform uint share, opacity;
out vec4 pixel;

uvec3 mixed(uvec3 a, uvec3 b, uint part) {
  return (a * (255u - part) + b * part + 127u) / 255u;
}

ivec2 covering(ivec2 side, uvec2 at) {
  return ivec2(((2u * at + 1u) * uvec2(side)) / (2u * size));
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  uint value = texelFetch(gray, at, 0).r;
  uint level = texelFetch(levels, ivec2(int(value & 255u), int(value >> 8)), 0).r;
  uvec3 coloured = hasColour
    ? texelFetch(colour, covering(textureSize(colour, 0), uvec2(at)), 0).rgb
    : texelFetch(table, ivec2(int(level), 0), 0).rgb;
  uvec3 base = mixed(uvec3(level), coloured, share);
  uint hot = texelFetch(overlay, covering(textureSize(overlay, 0), uvec2(at)), 0).r;
  uint dense = (hot * opacity + 127u) / 255u;
  uvec3 done = mixed(base, texelFetch(heats, ivec2(int(hot), 0), 0).rgb, dense);
  pixel = vec4(vec3(done) / 255.0, 1.0);
}`;

export const showShader = `#version 300 es
precision highp float;
uniform sampler2D picture;
in vec2 place;
out vec4 pixel;
void main() {
  pixel = texture(picture, place);
}`;
