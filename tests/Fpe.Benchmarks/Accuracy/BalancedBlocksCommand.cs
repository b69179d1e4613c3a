using System.CommandLine;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>The command line of <see cref="BalancedBlocks"/>.</summary>
internal static class BalancedBlocksCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Option<int> block = new("--block") { Description = "Inputs of a block", DefaultValueFactory = _ => Wiring.BalancedBlock };
        Option<int> seeds = new("--seeds") { Description = "Number of seeds, from 0", DefaultValueFactory = _ => 5 };
        Option<int> epochs = new("--epochs") { Description = "Epochs of every run", DefaultValueFactory = _ => 15 };
        Option<int[]> hidden = Numbers("--hidden", "Neurons of the dense parent", [64, 256]);
        Option<int[]> factors = Numbers("--factor", "Children per neuron", [4, 8]);

        Command command = BenchmarkCommand.Create(
            "accuracy-balanced",
            "Test accuracy on FashionMNIST with random partitions drawn over all inputs, and in balanced blocks",
            parsed =>
            [
                new BalancedBlocks(
                    parsed.GetValue(block), parsed.GetValue(seeds), parsed.GetValue(epochs),
                    parsed.GetValue(hidden)!, parsed.GetValue(factors)!).Run(Console.Error),
            ]);
        foreach (Option option in (Option[])[block, seeds, epochs, hidden, factors])
            command.Add(option);
        return command;
    }

    private static Option<int[]> Numbers(string name, string description, int[] usual) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => usual };
}
