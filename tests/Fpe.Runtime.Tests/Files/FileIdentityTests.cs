using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

public sealed class FileIdentityTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Theory]
    [InlineData("file", "./file")]
    [InlineData("file", "deeper/../file")]
    [InlineData("missing", "./missing")]
    public void Paths_of_one_file_are_the_same(string path, string other) => Assert.True(IsSame(path, other));

    [LinuxTheory]
    [InlineData("file", "link")]
    [InlineData("deeper/missing", "dangling")]
    [InlineData("deeper/file", "shelf/file")]
    [InlineData("file", "hard")]
    [InlineData("link", "hard")]
    public void Links_to_one_file_are_the_same(string path, string other) => Assert.True(IsSame(path, other));

    [Theory]
    [InlineData("file", "missing")]
    [InlineData("file", "deeper/file")]
    [InlineData("file", "deeper")]
    public void Other_files_are_others(string path, string other) => Assert.False(IsSame(path, other));

    [LinuxFact]
    public void Letters_of_another_case_are_others()
    {
        Assert.False(IsSame("file", "FILE"));
        Assert.False(Of("deeper/file").IsWithin(Of("DEEPER")));
    }

    [DiskFact]
    public void Files_of_one_number_on_two_disks_are_others()
    {
        using SmallDisk first = new(bytes: 1 << 16), second = new(bytes: 1 << 16);
        FileIdentity[] files = [.. new[] { first, second }.Select(disk =>
        {
            string path = Path.Combine(disk.Folder, "file");
            File.WriteAllText(path, "");
            return FileIdentity.Of(path);
        })];
        Assert.Equal(FileStatus.Of(files[0].Location)!.Identity!.Value.Number, FileStatus.Of(files[1].Location)!.Identity!.Value.Number);
        Assert.False(files[0].IsSameAs(files[1]));
    }

    [Fact]
    public void There_has_to_be_another()
    {
        Assert.Equal("other", Assert.Throws<ArgumentNullException>(() => Of("file").IsSameAs(null!)).ParamName);
        Assert.Equal("folder", Assert.Throws<ArgumentNullException>(() => Of("file").IsWithin(null!)).ParamName);
    }

    [LinuxFact]
    public void A_path_relative_to_the_current_folder_is_the_same() =>
        Assert.True(FileIdentity.Of("x").IsSameAs(FileIdentity.Of(Path.Combine(Environment.CurrentDirectory, "x"))));

    [Theory]
    [InlineData("deeper/file", "deeper", true)]
    [InlineData("deeper/more/file", "deeper/", true)]
    [InlineData("deeper", "deeper", false)]
    [InlineData("deeperstill", "deeper", false)]
    [InlineData("deeper/file", "/", true)]
    public void A_file_lies_within_the_folders_above_it(string path, string container, bool isWithin) =>
        Assert.Equal(isWithin, Of(path).IsWithin(Of(container)));

    [Fact]
    public void What_is_no_path_is_an_error() =>
        Assert.StartsWith("a\0b cannot be used: ", Assert.Throws<FileAccessException>(() => FileIdentity.Of("a\0b")).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);

    private bool IsSame(string path, string other)
    {
        Directory.CreateDirectory(Within("deeper"));
        File.WriteAllText(Within("file"), "");
        File.WriteAllText(Within("deeper/file"), "");
        if (OperatingSystem.IsLinux())
        {
            File.CreateSymbolicLink(Within("link"), "file");
            File.CreateSymbolicLink(Within("dangling"), "./deeper/./missing");
            Directory.CreateSymbolicLink(Within("shelf"), "deeper");
            Assert.True(Shell.Run($"ln '{Within("file")}' '{Within("hard")}'"));
        }

        Assert.Equal(Of(path).IsSameAs(Of(other)), Of(other).IsSameAs(Of(path)));
        return Of(path).IsSameAs(Of(other));
    }

    private FileIdentity Of(string path) => FileIdentity.Of(Within(path));

    private string Within(string path) => Path.Combine(folder.FullName, path);
}
