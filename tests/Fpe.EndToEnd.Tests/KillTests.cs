using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class KillTests
{
    /// <summary>The short form; 200 kills are a command: see docs/reliability.md.</summary>
    [Fact]
    public void A_process_that_is_killed_again_and_again_ends_with_the_bytes_of_one_that_is_not()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "KillAndResume.dll");
        CommandResult result = Command.Run(DotNet.Host, [program, "4"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("4 kills in ", result.Output, StringComparison.Ordinal);
    }
}
