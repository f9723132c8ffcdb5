package watch

import "golang.org/x/sys/unix"

// network are the file systems that tell of no changes which other machines make, by their numbers in statfs(2).
var network = map[int64]string{
	0x6969: "on NFS", 0x517B: "on SMB", 0xFF534D42: "on CIFS", 0xFE534D42: "on SMB", 0x65735546: "on FUSE", 0x01021997: "on 9P",
	0x5346414F: "on AFS", 0x6B414653: "on AFS", 0x73757245: "on Coda", 0x00C36400: "on Ceph", 0x0BD00BD0: "on Lustre", 0x7461636F: "on OCFS2", 0x01161970: "on GFS2",
}

// noEvents says why no events can be expected of a path, or returns "".
func noEvents(path string) string {
	var st unix.Statfs_t
	if unix.Statfs(path, &st) != nil {
		return ""
	}
	return network[int64(uint32(st.Type))]
}
