using Fpe.Cli;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Gpu.Tests;

/// <summary>
/// What is left of a run if its device is lost: the driver refuses the work of a queue that it has freed, as it refuses that of a card that
/// fell off its bus.
/// </summary>
[Collection(nameof(LongRunTests))]
public sealed class LostDeviceTests : CheckpointedRuns
{
    private const long FinishedSteps = 24;

    private static readonly GpuDevice Gpu = TestedDevices.Gpu;

    [Fact]
    public void The_cpu_resumes_after_the_last_step_before_the_device_was_lost()
    {
        TrainingOptions options = Options with { Checkpoints = new CheckpointOptions(Folder("run")) { EverySteps = 1, Resume = true } };
        GpuDevice device = GpuDevice.Open(Gpu.Info.Number);
        using (var model = new PlannedModel(Expansions.Plan("random"), seed: 1, device))
        {
            var error = Assert.Throws<GpuException>(() => Fit(model, options, new LosingSchedule(device, FinishedSteps)));
            Assert.Equal(LostMessage(error.Message), error.Message);
            Assert.Throws<GpuException>(() => model.Outputs(Test.Features!));
        }

        Assert.EndsWith($"checkpoint-{FinishedSteps:D10}.safetensors", Checkpoints("run")[^1], StringComparison.Ordinal);

        using var resumed = new PlannedModel(Expansions.Plan("random"), seed: 1, Device.Default);
        var observer = new ResumeObserver();
        TrainingResult result = Fit(resumed, options, new LosingSchedule(), observer);
        Assert.Equal((int)FinishedSteps / StepsPerEpoch, observer.FinishedEpochs);
        Assert.Equal((StopReason.Completed, Epochs), (result.StopReason, result.Epochs.Count));

        // As if it had been trained on one device, except for the last bits.
        using var alone = new PlannedModel(Expansions.Plan("random"), seed: 1, Device.Default);
        TrainingResult expected = Fit(alone, Options, new LosingSchedule());
        Assert.Equal(alone.WeightCount, resumed.WeightCount);
        Assert.All(expected.Epochs.Zip(result.Epochs), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-4));
    }

    [Fact]
    public void At_the_command_line_it_is_one_line_and_exit_code_2()
    {
        GpuDevice device = GpuDevice.Open(Gpu.Info.Number);
        string[] options = ["--seeds", "1", "--epochs", "4", "--threads", "1", "--quiet", "--checkpoint", Folder("study")];
        (int exitCode, string[] errors) = RunStudy(new LosingSchedule(device, FinishedSteps), device, [.. options, "--device", "gpu"]);
        Assert.Equal(ExitCode.Error, exitCode);
        string line = Assert.Single(errors);
        Assert.Equal($"Tiny: {LostMessage(line)}", line);

        (exitCode, errors) = RunStudy(new LosingSchedule(), device, [.. options, "--resume", "--device", "cpu"]);
        Assert.Empty(errors);
        Assert.Equal(ExitCode.Success, exitCode);
    }

    private static TrainingResult Fit(Model model, TrainingOptions options, LosingSchedule schedule, params ITrainingObserver[] observers) =>
        new Trainer(options with { Schedule = schedule }, observers).Fit(model, Train, Test);

    /// <summary>The message, with the driver's own words from an actual one.</summary>
    private static string LostMessage(string actual)
    {
        string start = $"{Gpu.Name}: {Gpu.Info.Name} was lost while it computed (";
        const string End = "); what was on it is gone. Start the program again and continue from the last checkpoint, on this device or on cpu.";
        int from = actual.IndexOf(start, StringComparison.Ordinal), to = actual.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from + start.Length, actual);
        return start + actual[(from + start.Length)..to] + End;
    }

    private static (int ExitCode, string[] Errors) RunStudy(LosingSchedule schedule, GpuDevice device, string[] args)
    {
        var definition = new StudyDefinition("Tiny", "A small network.", () => new StudyData(Train, Test))
        {
            Training = new TrainingOptions { BatchSize = 8, Schedule = schedule },
            Models = [StudyModel.Of<TinyNet>()],
            Devices = [StudyDevice.Cpu, new StudyDevice("gpu", _ => device)],
        };
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using var text = new StringWriter();
        try
        {
            Console.SetError(text);
            return (Study.Run(args, definition), text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    private sealed class ResumeObserver : ITrainingObserver
    {
        public int? FinishedEpochs { get; private set; }

        public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished) => FinishedEpochs = finished.Count;
    }

    private sealed class TinyNet(long seed, Device device) : Model(Plan, seed, device), IModel<TinyNet>
    {
        public static new ModelPlan Plan { get; } = new(
            nameof(TinyNet), inputs: 8, countBiases: false, denseWeights: 44, weightsBeforePruning: 56, expandedWeights: 44,
            [
                new LinearPlan("Hidden", Inputs: 8, Neurons: 4, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
                new LinearPlan("Logits", Inputs: 4, Neurons: 3),
            ]);

        public static TinyNet Create(long seed, Device device) => new(seed, device);
    }
}
