using Fpe.Fuzz;
using Fpe.Fuzz.Running;

namespace Fpe.Runtime.Tests.Data;

/// <summary>The short form of tests/Fpe.Fuzz: ten thousand damaged files over all readers.</summary>
public class FuzzTests
{
    private const int Inputs = 10_000;

    [Fact]
    public void Readers_report_damage_by_declared_errors_alone()
    {
        using var folder = new FuzzFolder();
        IReadOnlyList<FuzzTarget> targets = Targets.Create(folder.Path);
        foreach (FuzzTarget target in targets)
        {
            // The first inputs are files that are cut short; those far behind them are damaged in other ways.
            var fuzzer = new Fuzzer(folder.Path, seed: 1);
            long inputs = (Inputs / targets.Count / 2) + 1;
            fuzzer.Run(target, inputs);
            Assert.NotEmpty(fuzzer.Run(target, inputs, first: 1_000_000).Errors);
        }
    }

    [Fact]
    public void Readers_that_throw_anything_else_or_allocate_too_much_are_found()
    {
        using var folder = new FuzzFolder();
        FuzzTarget csv = Targets.Create(folder.Path).Single(target => target.Name == "csv");
        var fuzzer = new Fuzzer(folder.Path, seed: 1);

        FuzzTarget throwing = csv with { Read = file => GC.KeepAlive(file[0]), ReadFile = _ => { } };
        Assert.Contains("IndexOutOfRangeException escaped", Fail(throwing), StringComparison.Ordinal);
        FuzzTarget greedy = csv with { Read = file => GC.KeepAlive(new byte[file.Length % 7 == 5 ? 1 << 20 : 0]) };
        Assert.Contains("made it allocate", Fail(greedy), StringComparison.Ordinal);

        string Fail(FuzzTarget target)
        {
            string message = Assert.Throws<FuzzFailure>(() => fuzzer.Run(target, 2000)).Message;
            File.Delete(message[(message.IndexOf("kept as ", StringComparison.Ordinal) + 8)..^1]);
            return message;
        }
    }
}
