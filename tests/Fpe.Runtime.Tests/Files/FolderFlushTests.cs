using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

public sealed class FolderFlushTests
{
    [LinuxFact]
    public void A_folder_that_is_not_there_is_an_error() => Assert.Equal(
        "/missing/folder cannot be flushed to the disk: No such file or directory.",
        Assert.Throws<IOException>(() => FolderFlush.Flush("/missing/folder")).Message);

    [LinuxFact]
    public void What_cannot_be_flushed_is_left_alone() => FolderFlush.Flush("/dev/null");

    [LinuxFact]
    public void Folders_do_not_stay_open()
    {
        int before = Directory.GetFiles("/proc/self/fd").Length;
        for (int time = 0; time < 300; time++)
            FolderFlush.Flush(Path.GetTempPath());
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length - before, int.MinValue, 200);
    }
}
