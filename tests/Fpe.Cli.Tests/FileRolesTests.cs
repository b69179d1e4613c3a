namespace Fpe.Cli.Tests;

public sealed class FileRolesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string A => Path.Combine(folder.FullName, "a");

    [Fact]
    public void One_file_for_two_purposes_is_an_error_however_it_is_named()
    {
        string same = Path.Combine(folder.FullName, ".", "a");
        Assert.Equal($"--csv {same} is the same file as --json {A}; specify another.", Error(roles => roles.Write("--json", A), roles => roles.Write("--csv", same)));
        Assert.Equal($"--json {same} is the same file as the data {A}; specify another.", Error(roles => roles.Read("the data", A), roles => roles.Write("--json", same)));
        Assert.Equal($"the data {A} is the same file as --json {A}; specify another.", Error(roles => roles.Write("--json", A), roles => roles.Read("the data", A)));
        Assert.Equal($"--json {A} is the same file as --checkpoint {A}; specify another.", Error(roles => roles.WriteInto("--checkpoint", A), roles => roles.Write("--json", A)));
    }

    [Fact]
    public void A_file_that_is_written_cannot_hold_others()
    {
        string within = Path.Combine(A, "b");
        Assert.Equal($"--checkpoint {within} cannot be in --json {A}, which will be a file; specify another.", Error(roles => roles.WriteInto("--checkpoint", within), roles => roles.Write("--json", A)));
        Assert.Equal($"--csv {within} cannot be in --json {A}, which will be a file; specify another.", Error(roles => roles.Write("--json", A), roles => roles.Write("--csv", within)));
    }

    [Fact]
    public void Files_that_can_be_used_together_are_no_error()
    {
        var roles = new FileRoles();
        roles.Read("the data", A);
        roles.Read("the data", A);
        roles.Write("--csv", null);
        roles.Write("--json", null);
        roles.WriteInto("--checkpoint", Path.Combine(folder.FullName, "runs"));
        roles.Write("--json", Path.Combine(folder.FullName, "runs", "runs.json"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Error(Action<FileRoles> first, Action<FileRoles> second)
    {
        var roles = new FileRoles();
        first(roles);
        return Assert.Throws<StudyException>(() => second(roles)).Message;
    }
}
