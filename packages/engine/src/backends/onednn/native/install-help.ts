const byPlatform: Readonly<Record<string, string>> = {
  linux:
    'Debian 12: apt-get install libdnnl2. Debian 13, Ubuntu 24.04 and newer: apt-get install libdnnl3 (or the package `apt-cache search libdnnl` shows). Fedora: dnf install onednn. conda: conda install -c conda-forge onednn.',
  darwin: 'Homebrew: brew install onednn. conda: conda install -c conda-forge onednn.',
  win32: 'conda: conda install -c conda-forge onednn.',
};

/** How to get oneDNN on a platform, in one paragraph. */
export function installHelp(platform: NodeJS.Platform): string {
  return `${byPlatform[platform] ?? byPlatform.linux} Or set CHROMARAY_ONEDNN to the library's file.`;
}
