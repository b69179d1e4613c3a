using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class PairsOfCallsTests
{
    /// <summary>Every pair once; the gate does it for a minute: see docs/reliability.md.</summary>
    [Fact]
    public void Any_two_calls_on_one_model_at_the_same_time_are_right_or_refused()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PairsOfCalls.dll");
        CommandResult result = Command.Run(DotNet.Host, [program, "0"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("153 pairs of calls on 4 models, ", result.Output, StringComparison.Ordinal);
    }
}
