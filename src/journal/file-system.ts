import { execFileSync } from 'node:child_process';
import { realpathSync, statfsSync } from 'node:fs';

/** What kind of file system a folder lies on, as far as locks are concerned. */
export type FileSystem =
  | { readonly kind: 'local' }
  /** Of another computer: locks of one machine do not bind the others. */
  | { readonly kind: 'network'; readonly name: string }
  /** It depends on what stands behind it. */
  | { readonly kind: 'doubtful'; readonly name: string };

const LOCAL: FileSystem = { kind: 'local' };

/** `folder` must exist. Where the system does not say, it is taken for local. */
export function fileSystemOf(folder: string): FileSystem {
  try {
    return DETECTORS[process.platform]?.(folder) ?? LOCAL;
  } catch {
    // A courtesy: a system that keeps it to itself must not keep anybody from work.
    return LOCAL;
  }
}

const DETECTORS: Readonly<Record<string, (folder: string) => FileSystem>> = {
  linux: (folder) => byMagic(statfsSync(folder).type),
  // Resolving natively turns a mapped drive into the share behind it.
  win32: (folder) => byWindowsPath(realpathSync.native(folder)),
  darwin: (folder) =>
    byMounts(
      execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 2_000 }),
      realpathSync(folder),
    ),
};

/** Numbers of `linux/magic.h` and of the file systems' own headers. */
const NETWORK_MAGIC: ReadonlyMap<number, string> = new Map([
  [0x69_69, 'NFS'],
  [0x51_7b, 'SMB'],
  [0xff_53_4d_42, 'CIFS'],
  [0xfe_53_4d_42, 'SMB'],
  [0x53_46_41_4f, 'AFS'],
  [0x6b_41_46_53, 'AFS'],
  [0x73_75_72_45, 'Coda'],
  [0x56_4c, 'NCP'],
  [0x00_c3_64_00, 'Ceph'],
  [0x0b_d0_0b_d0, 'Lustre'],
]);

/** sshfs and cloud drives are FUSE, and so are some local disks; Windows' disks in WSL are 9p, and so are shares of virtual machines. */
const DOUBTFUL_MAGIC: ReadonlyMap<number, string> = new Map([
  [0x65_73_55_46, 'FUSE'],
  [0x01_02_19_97, '9p'],
  [0x78_6f_42_56, 'a shared folder of VirtualBox'],
  [0xba_cb_ac_bc, 'a shared folder of VMware'],
]);

/** By the number that Linux gives; it can come with a sign. */
export function byMagic(type: number): FileSystem {
  const magic = type >>> 0;
  const network = NETWORK_MAGIC.get(magic);
  if (network !== undefined) return { kind: 'network', name: network };
  const doubtful = DOUBTFUL_MAGIC.get(magic);
  return doubtful === undefined ? LOCAL : { kind: 'doubtful', name: doubtful };
}

/** `\\server\share\...` and `\\?\UNC\server\share\...`; `\\?\C:\...` and `\\.\...` are this machine's. */
export function byWindowsPath(path: string): FileSystem {
  const isShare = /^[\\/]{2}(?:[?.][\\/]UNC[\\/])?[^\\/?.]/iu.test(path);
  return isShare ? { kind: 'network', name: 'a network share' } : LOCAL;
}

const NETWORK_MOUNTS: Readonly<Record<string, string>> = {
  smbfs: 'SMB',
  nfs: 'NFS',
  afpfs: 'AFP',
  webdav: 'WebDAV',
  ftp: 'FTP',
};
const DOUBTFUL_MOUNT = /fuse|^9p|vmhgfs|prlfs|virtiofs/iu;

/** By what `mount` says on a Mac: `//server/share on /Volumes/share (smbfs, nodev)`. The longest mount point that holds the folder counts. */
export function byMounts(mounts: string, folder: string): FileSystem {
  let found = { point: '', type: '' };
  for (const line of mounts.split('\n')) {
    const { point = '', type = '' } =
      / on (?<point>\/.*) \((?<type>[^,)]+)[^)]*\)$/u.exec(line)?.groups ?? {};
    const isAround = folder === point || folder.startsWith(point === '/' ? '/' : `${point}/`);
    if (point !== '' && isAround && point.length >= found.point.length) found = { point, type };
  }
  const network = NETWORK_MOUNTS[found.type];
  if (network !== undefined) return { kind: 'network', name: network };
  return DOUBTFUL_MOUNT.test(found.type) ? { kind: 'doubtful', name: found.type } : LOCAL;
}
