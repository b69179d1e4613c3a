extern alias generators;

using System.Diagnostics;
using System.Globalization;
using generators::Fpe.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Benchmarks;

/// <summary>
/// What the generator costs a project of 50 models: the first run after opening it, and the run after a keystroke; and what it takes to
/// compile a model of 1,500 layers, and one of eight uses of a block beside its layers written out. Each run gets a new compilation that has only resolved its references, which any build does; binding
/// the attributes is part of the time.
/// </summary>
public static class GeneratorBenchmark
{
    private const int Models = 50;
    private const int ManyLayers = 1_500;
    private const int Uses = 8;

    /// <summary>Measures, and writes one line a figure.</summary>
    /// <param name="quick">Takes few samples.</param>
    /// <param name="output">Receives the figures.</param>
    public static void Run(bool quick, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        int samples = quick ? 3 : 15;
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => path != typeof(ModelGenerator).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path))];
        CSharpCompilation warmUp = Project(1, references);
        output.WriteLine($"generator, first run in the process, 1 model: {Time(() => Driver().RunGenerators(warmUp)):F1} ms");
        output.WriteLine($"generator, first run over {Models} models, after that one: {ColdRun(references):F1} ms");
        for (int i = 0; i < 2 * samples; i++)
            ColdRun(references);
        output.WriteLine($"generator, cold run over {Models} models, warm process: {Sample(samples, () => ColdRun(references))}");

        CSharpCompilation project = Project(Models, references);
        GeneratorDriver driver = Driver().RunGenerators(project);
        Report("a file without models added", () => project.AddSyntaxTrees(Parse("class Unrelated;", "Unrelated.cs")));
        Report("a comment appended to one model's file", () => Edit(project, 0, text => text + "\n// a comment\n"));
        Report("one model changed", () => Edit(project, 0, text => text.Replace("[Linear(16)", "[Linear(17)", StringComparison.Ordinal)));
        output.WriteLine($"generator and compiler, a model of {ManyLayers} layers: {CompileChain(references):F0} ms");
        ReportBlocks(samples, references, output);

        void Report(string description, Func<CSharpCompilation> edit)
        {
            string time = Sample(samples, () => RunAfter(edit, driver));
            GeneratorRunResult result = driver.RunGenerators(edit()).GetRunResult().Results[0];
            output.WriteLine($"generator, {description}: {time}; {Reasons(result, TrackingNames.Parse)}; {Reasons(result, TrackingNames.Emit)}");
        }
    }

    private static double ColdRun(MetadataReference[] references)
    {
        CSharpCompilation project = Project(Models, references);
        _ = project.GetSpecialType(SpecialType.System_Object);
        GeneratorDriver driver = Driver();
        GeneratorDriver done = driver;
        double time = Time(() => done = driver.RunGenerators(project));
        int files = done.GetRunResult().GeneratedTrees.Length;
        if (files != Models)
            throw new InvalidOperationException($"{Models} models gave {files} files.");
        return time;
    }

    private static double RunAfter(Func<CSharpCompilation> edit, GeneratorDriver driver)
    {
        CSharpCompilation edited = edit();
        _ = edited.GetSpecialType(SpecialType.System_Object);
        return Time(() => driver.RunGenerators(edited));
    }

    /// <summary>The two are measured in turn, so that what else the machine does slows both.</summary>
    private static void ReportBlocks(int samples, MetadataReference[] references, TextWriter output)
    {
        foreach ((string what, Func<string, double> measure) in new (string, Func<string, double>)[]
        {
            ("generator", source => Time(() => Driver().RunGenerators(Bound(source)))),
            ("generator and compiler", source => Compile(Bound(source))),
        })
        {
            (double Blocks, double Layers)[] times = [.. Enumerable.Range(0, 2 + (4 * samples)).Select(_ => (measure(Blocks()), measure(WrittenOut()))).Skip(2)];
            double blocks = Median(times.Select(time => time.Blocks));
            double layers = Median(times.Select(time => time.Layers));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what}, {Uses} uses of a block: {blocks:F1} ms, their layers written out: {layers:F1} ms, ratio {blocks / layers:F2}"));
        }

        CSharpCompilation Bound(string source)
        {
            CSharpCompilation project = Project([Parse(source, "Net.cs")], references);
            _ = project.GetSpecialType(SpecialType.System_Object);
            return project;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    private static string Blocks() => $$"""
        using System.Collections.Generic;
        using Fpe;

        [Block(inputs: 64)]
        public sealed partial class Residual
        {
        {{Layers("BlockAttribute.Input", string.Empty)}}
        }

        [Model(inputs: 784)]
        public sealed partial class Net
        {
            [Linear(64)] public partial Linear Stem { get; }
            [Repeat({{Uses}})] public partial IReadOnlyList<Residual> Blocks { get; }
            [Linear(10)] public partial Linear Logits { get; }
        }
        """;

    private static string WrittenOut() => $$"""
        using Fpe;

        [Model(inputs: 784)]
        public sealed partial class Net
        {
            [Linear(64)] public partial Linear Stem { get; }
        {{string.Join('\n', Enumerable.Range(0, Uses).Select(use => Layers(use == 0 ? "nameof(Stem)" : $"nameof(Sum{use - 1})", $"{use}")))}}
            [Linear(10)] public partial Linear Logits { get; }
        }
        """;

    private static string Layers(string input, string suffix) => $$"""
            [LayerNorm] public partial LayerNorm Norm{{suffix}} { get; }
            [Linear(256), Gelu, Expand(factor: 2)] public partial Linear Wide{{suffix}} { get; }
            [Linear(64)] public partial Linear Narrow{{suffix}} { get; }
            [Add({{input}}, nameof(Narrow{{suffix}}))] public partial Add Sum{{suffix}} { get; }
        """;

    private static double CompileChain(MetadataReference[] references)
    {
        IEnumerable<string> layers = Enumerable.Range(0, ManyLayers).Select(l => $"    [Linear(8), Tanh] public partial Linear Layer{l} {{ get; }}");
        CSharpCompilation project = Project([Parse($"using Fpe;\n\n[Model(inputs: 8)]\npublic sealed partial class Deep\n{{\n{string.Join('\n', layers)}\n}}\n", "Deep.cs")], references);
        return Compile(project);
    }

    private static double Compile(CSharpCompilation project) => Time(() =>
    {
        Driver().RunGeneratorsAndUpdateCompilation(project, out Compilation complete, out _);
        if (!complete.Emit(Stream.Null).Success)
            throw new InvalidOperationException($"{project.SyntaxTrees[0].FilePath} does not compile.");
    });

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Project(int models, MetadataReference[] references) =>
        Project(Enumerable.Range(0, models).Select(i => Parse(Source(i), $"Model{i}.cs")), references);

    private static CSharpCompilation Project(IEnumerable<SyntaxTree> files, MetadataReference[] references) => CSharpCompilation.Create(
        "Models",
        files,
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static CSharpCompilation Edit(CSharpCompilation project, int file, Func<string, string> edit)
    {
        SyntaxTree tree = project.SyntaxTrees[file];
        return project.ReplaceSyntaxTree(tree, Parse(edit(tree.ToString()), tree.FilePath));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, path: path);

    private static string Source(int i) => $$"""
        using Fpe;

        namespace Models.Group{{i % 5}};

        /// <summary>One of many.</summary>
        [Model(inputs: 784), Expand(factor: 4, Outgoing = Outgoing.Deal)]
        public sealed partial class Model{{i}}
        {
            [Linear(64), Relu]
            public partial Linear First { get; }

            [Dropout(0.1)]
            public partial Dropout Drop { get; }

            [Linear(16), Gelu, Expand(factor: 2, Share = 4)]
            public partial Linear Second { get; }

            [Linear(10)]
            public partial Linear Logits { get; }

            public int Twice(int x) => 2 * x;
        }
        """;

    private static string Reasons(GeneratorRunResult result, string step) => step + " " + string.Join(", ", result.TrackedSteps[step]
        .SelectMany(run => run.Outputs)
        .GroupBy(output => output.Reason)
        .OrderBy(group => group.Key)
        .Select(group => $"{group.Count()} {group.Key}"));

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Sample(int samples, Func<double> measure)
    {
        double[] times = [.. Enumerable.Range(0, samples).Select(_ => measure()).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{times[samples / 2]:F1} ms (best {times[0]:F1})");
    }
}
