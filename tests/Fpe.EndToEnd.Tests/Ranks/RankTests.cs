using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>Training on several ranks, which real MPI libraries connect.</summary>
public class RankTests
{
    private const int StepsOfEpoch = 15;

    // Numbers that travel along with the gradients of each step: the loss, the number of correct answers, and whether a rank is to end.
    private const int StatisticCount = 3;

    [MpiTheory]
    [InlineData("kind=dense", MpiLibrary.OpenMpi, new[] { 2, 3 })]
    [InlineData("kind=dense", MpiLibrary.Mpich, new[] { 4 })]
    [InlineData("kind=split", MpiLibrary.OpenMpi, new[] { 4 })]
    [InlineData("kind=split", MpiLibrary.Mpich, new[] { 2, 3 })]
    [InlineData("kind=exchange", MpiLibrary.OpenMpi, new[] { 3, 4 })]
    [InlineData("kind=exchange", MpiLibrary.Mpich, new[] { 2 })]
    [InlineData("kind=pruning", MpiLibrary.OpenMpi, new[] { 1, 2, 3, 4, 8 })]
    [InlineData("kind=pruning", MpiLibrary.Mpich, new[] { 1, 2, 3, 4 })]
    [InlineData("kind=norms norm=1", MpiLibrary.OpenMpi, new[] { 2, 3 })]
    [InlineData("kind=exchange batches=4", MpiLibrary.OpenMpi, new[] { 3 })]
    [InlineData("kind=dense batches=3", MpiLibrary.Mpich, new[] { 4 })]
    [InlineData("kind=tokens", MpiLibrary.OpenMpi, new[] { 3, 8 })]
    [InlineData("kind=tokens batches=2", MpiLibrary.Mpich, new[] { 2, 4 })]
    [InlineData("kind=norms", MpiLibrary.OpenMpi, new[] { 3, 8 })]
    [InlineData("kind=norms batches=2", MpiLibrary.Mpich, new[] { 2, 4 })]
    public void Any_number_of_ranks_computes_the_same_bits(string arguments, MpiLibrary library, int[] ranks)
    {
        string[] options = [.. arguments.Split(' '), "epochs=3"];
        RankedResult expected = RankedResult.Of(MpiRun.Alone(options));
        foreach (int count in ranks)
        {
            RankedResult result = RankedResult.Of(MpiRun.Run(library, count, [.. options, count == 2 ? "threads=2" : "threads=1"]));
            Assert.Equal(expected.Training, result.Training);
            Assert.Equal(count, result.Ranks.Count);
        }
    }

    /// <summary>With momentum, label smoothing and class weights, besides.</summary>
    [MpiFact]
    public void A_run_that_stops_early_ends_on_all_ranks_with_the_weights_of_its_best_epoch()
    {
        string[] options = ["kind=norms", "recipe=momentum", "patience=1", "epochs=30"];
        RankedResult expected = RankedResult.Of(MpiRun.Alone(options));
        Assert.StartsWith("EarlyStopped", expected.Training, StringComparison.Ordinal);
        Assert.Equal(expected.Training, RankedResult.Of(MpiRun.Run(MpiLibrary.OpenMpi, 3, options)).Training);
    }

    [MpiTheory]
    [InlineData("kind=tokens", MpiLibrary.Mpich)]
    [InlineData("kind=norms batches=2", MpiLibrary.OpenMpi)]
    public void Another_number_of_ranks_resumes(string arguments, MpiLibrary library)
    {
        using var folder = new TemporaryFolder();
        string[] options = [.. arguments.Split(' '), "epochs=3"];
        string[] saved = [.. options, "folder=" + folder["run"]];
        Assert.StartsWith("Cancelled", RankedResult.Of(MpiRun.Run(library, 3, [.. saved, "stopped=500@1"])).Training, StringComparison.Ordinal);
        RankedResult resumed = RankedResult.Of(MpiRun.Run(library, 2, saved));
        Assert.Equal(RankedResult.Of(MpiRun.Alone(options)).Training, resumed.Training);
        Assert.True(resumed.Ranks.Sum(rank => rank.SamplesRead) < 3 * 1403, "The run began anew.");
    }

    [MpiFact]
    public void Only_existing_weights_and_own_samples_are_sent_and_read()
    {
        RankedResult alone = RankedResult.Of(MpiRun.Alone("kind=dense", "epochs=1"));
        RankedResult result = RankedResult.Of(MpiRun.Run(MpiLibrary.OpenMpi, 2, "kind=split", "epochs=3"));
        long parent = Assert.Single(alone.Ranks).Parameters, expanded = result.Ranks[0].Parameters;

        // The network is expanded after the first epoch, to four and two times as many neurons.
        long expected = StepsOfEpoch * sizeof(float) * ((parent + StatisticCount) + (2 * (expanded + StatisticCount)));
        Assert.All(result.Ranks, rank => Assert.Equal(expected, rank.BytesSent));

        // Each rank also reads some samples to compare data with the others.
        Assert.All(result.Ranks, rank => Assert.InRange(rank.SamplesRead, 3 * alone.Ranks[0].SamplesRead / 2 - 100, 3 * alone.Ranks[0].SamplesRead * 6 / 10 + 100));
    }

    /// <summary>The split layer of this network has lost some edges, so its layout has holes. Means and variances of its norms are sent too.</summary>
    [MpiFact]
    public void Holes_of_a_layer_are_not_sent()
    {
        const int Statistics = StatisticCount + (2 * (4 + (4 * 320)));
        RankedResult two = RankedResult.Of(MpiRun.Run(MpiLibrary.OpenMpi, 2, "kind=norms", "epochs=2"));
        RankedResult three = RankedResult.Of(MpiRun.Run(MpiLibrary.OpenMpi, 2, "kind=norms", "epochs=3"));
        Assert.All(three.Ranks.Zip(two.Ranks), ranks => Assert.Equal(StepsOfEpoch * sizeof(float) * (ranks.First.Parameters + Statistics), ranks.First.BytesSent - ranks.Second.BytesSent));
    }

    [MpiTheory]
    [InlineData("exchange", MpiLibrary.OpenMpi, 4, MpiLibrary.Mpich, 3)]
    [InlineData("pruning", MpiLibrary.OpenMpi, 3, MpiLibrary.OpenMpi, 2)]
    [InlineData("exchange", MpiLibrary.Mpich, 3, MpiLibrary.OpenMpi, 1)]
    public void After_a_rank_was_killed_another_number_of_ranks_resumes(string kind, MpiLibrary library, int ranks, MpiLibrary other, int otherRanks)
    {
        using var folder = new TemporaryFolder();
        string[] options = ["kind=" + kind, "epochs=4"];
        string[] saved = [.. options, "folder=" + folder["run"]];
        CommandResult killed = MpiRun.Run(library, ranks, [.. saved, "killed=1000@1"]);
        Assert.NotEqual(0, killed.ExitCode);
        Assert.DoesNotContain("Unhandled exception", killed.Error, StringComparison.Ordinal);

        // MPICH kills the others before they can say anything.
        string[] lines = [.. killed.ErrorLines.Where(line => line.StartsWith("Rank ", StringComparison.Ordinal))];
        Assert.All(lines, line => Assert.Matches($"^Rank [023] of {ranks}: (rank [0-3] has ended|.* reports .*); start the ranks again", line));
        Assert.Distinct(lines.Select(line => line[..6]));
        if (library == MpiLibrary.OpenMpi)
            Assert.NotEmpty(lines);
        Assert.NotEmpty(Directory.GetFiles(folder["run"], "checkpoint-*.safetensors"));

        RankedResult resumed = RankedResult.Of(MpiRun.Run(other, otherRanks, saved));
        Assert.Equal(RankedResult.Of(MpiRun.Alone(options)).Training, resumed.Training);
        Assert.True(resumed.Ranks.Sum(rank => rank.SamplesRead) < 4 * 1403, "The run began anew.");
    }

    [MpiTheory]
    [InlineData(MpiLibrary.OpenMpi)]
    [InlineData(MpiLibrary.Mpich)]
    public void Ctrl_C_saves_the_run_and_ends_all_ranks_after_the_same_step(MpiLibrary library)
    {
        using var folder = new TemporaryFolder();
        string[] options = ["kind=pruning", "epochs=4"];
        string[] saved = [.. options, "folder=" + folder["run"]];
        using var trains = new ManualResetEventSlim();
        void OnOutput(string line)
        {
            if (line.Contains("pauses", StringComparison.Ordinal))
                trains.Set();
        }

        using Command run = MpiRun.Start(library, 3, OnOutput, [.. saved, "pauses=500"]);
        Assert.True(trains.Wait(TimeSpan.FromMinutes(2)));
        Command.Run("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        CommandResult interrupted = run.Wait();
        RankedResult result = RankedResult.Read(interrupted);
        Assert.StartsWith("Cancelled", result.Training, StringComparison.Ordinal);
        Assert.Equal(3, result.Ranks.Count);

        RankedResult resumed = RankedResult.Of(MpiRun.Run(library, 2, saved));
        Assert.Equal(RankedResult.Of(MpiRun.Alone(options)).Training, resumed.Training);
    }

    [MpiTheory]
    [InlineData(MpiLibrary.OpenMpi)]
    [InlineData(MpiLibrary.Mpich)]
    public void A_signal_to_one_rank_ends_one_run_on_all_ranks_and_not_the_next_one(MpiLibrary library)
    {
        using var folder = new TemporaryFolder();
        string[] options = ["kind=pruning", "epochs=3"];
        CommandResult both = MpiRun.Run(library, 3, [.. options, "folder=" + folder["run"], "stopped=500@1", "fits=2"]);
        Assert.Equal(RankedResult.Of(MpiRun.Alone(options)).Training, RankedResult.Of(both).Training);
        for (int rank = 0; rank < 3; rank++)
            Assert.Contains($"rank {rank}, fit 1: Cancelled", both.Output, StringComparison.Ordinal);
    }

    /// <summary>The program catches the exception, so that a rank that waits for another would do so forever.</summary>
    [MpiTheory]
    [InlineData("differs=batch@1", "run", 1, "BatchSize: 0 is out of range")]
    [InlineData("epochs=3", "file", 0, "file cannot be written: ")]
    [InlineData("removed=500@0", "run", 0, "checkpoint-")]
    public void What_one_rank_finds_ends_the_run_on_all_ranks(string option, string place, int finder, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "not a folder");
        CommandResult result = MpiRun.Run(MpiLibrary.OpenMpi, 3, "caught", option, "folder=" + folder[place]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(3, result.ErrorLines.Count(line => line.Contains(expected, StringComparison.Ordinal)));
        Assert.Equal(2, result.ErrorLines.Count(line => line.StartsWith($"Rank {finder} cannot continue, so no rank does: ", StringComparison.Ordinal)));
    }

    [MpiTheory]
    [InlineData("libmpich.so.12", "2 processes were started (OMPI_COMM_WORLD_SIZE), but MPICH ")]
    [InlineData("libc.so.6", "FPE_MPI_LIBRARY is libc.so.6, which is no MPI library; give the path of ")]
    [InlineData("missing.so", "FPE_MPI_LIBRARY is missing.so, which cannot be loaded; give the path of ")]
    public void A_wrong_library_is_refused_in_one_line(string path, string expected)
    {
        CommandResult result = MpiRun.RunWith(path, MpiLibrary.OpenMpi, 2, "epochs=1");
        Assert.Equal(2, result.ExitCode);
        string[] lines = [.. result.ErrorLines.Where(line => line.StartsWith(expected, StringComparison.Ordinal))];
        Assert.InRange(lines.Length, 1, 2);
        Assert.DoesNotContain("Unhandled exception", result.Error, StringComparison.Ordinal);
    }

    [MpiTheory]
    [InlineData("data", "Rank 1 differs from rank 0: training data is ")]
    [InlineData("options", "Rank 1 differs from rank 0: Optimizer is ")]
    [InlineData("weights", "Rank 1 differs from rank 0: checksum of the initial weights is ")]
    public void A_rank_with_something_else_is_refused_by_name(string what, string expected)
    {
        CommandResult result = MpiRun.Run(what == "data" ? MpiLibrary.Mpich : MpiLibrary.OpenMpi, 3, $"differs={what}@1");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(3, result.ErrorLines.Count(line => line.StartsWith(expected, StringComparison.Ordinal)));
        Assert.DoesNotContain("Unhandled exception", result.Error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_rank_with_another_build_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetFileName(file).StartsWith("Fpe", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("TrainOnRanks", StringComparison.Ordinal)))
            File.Copy(file, folder[Path.GetFileName(file)]);

        // Another build is another number in the metadata of the program.
        string program = folder["TrainOnRanks.dll"];
        byte[] own = System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "TrainOnRanks.dll")).ManifestModule.ModuleVersionId.ToByteArray();
        byte[] content = File.ReadAllBytes(program);
        int place = content.AsSpan().IndexOf(own);
        content[place] ^= 1;
        File.WriteAllBytes(program, content);

        CommandResult result = MpiRun.RunTwoPrograms(program);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Rank 1 differs from rank 0: build of the program is ", result.Error, StringComparison.Ordinal);
    }

    [MpiTheory]
    [InlineData(new[] { "--distributed" }, "--distributed needs mpirun, which did not start this process")]
    public void Without_mpirun_one_line_says_what_to_do(string[] options, string expected)
    {
        CommandResult result = MpiRun.Alone(options);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [MpiFact]
    public void More_ranks_than_chunks_are_refused()
    {
        CommandResult result = MpiRun.Run(MpiLibrary.Mpich, 3, "chunks=2");
        Assert.Equal(2, result.ExitCode);
        Assert.All(result.ErrorLines, line => Assert.StartsWith("Chunks: 2 chunks are too few for 3 ranks; use 4, or fewer ranks.", line, StringComparison.Ordinal));
        Assert.Equal(3, result.ErrorLines.Length);
    }

    /// <summary>The others wait for numbers of this rank until it ends them.</summary>
    [MpiTheory]
    [InlineData(MpiLibrary.OpenMpi)]
    [InlineData(MpiLibrary.Mpich)]
    public void A_rank_that_fails_while_it_trains_ends_the_others(MpiLibrary library)
    {
        CommandResult result = MpiRun.Run(library, 3, "fails=1000@1");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Single(result.ErrorLines, line => line.Contains("cannot be read any more", StringComparison.Ordinal));
        Assert.DoesNotContain("rank 0 of 3", result.Output, StringComparison.Ordinal);
    }

    [TwoHostsTheory]
    [InlineData(MpiLibrary.OpenMpi)]
    [InlineData(MpiLibrary.Mpich)]
    public void Two_hosts_with_a_slow_cable_between_them_compute_the_same_bits(MpiLibrary library)
    {
        string[] options = ["kind=pruning", "epochs=3"];
        RankedResult result = RankedResult.Of(MpiRun.OnTwoHosts(library, options));
        Assert.Equal(RankedResult.Of(MpiRun.Alone(options)).Training, result.Training);
    }
}
