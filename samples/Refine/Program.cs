using Fpe.Data;
using Fpe.Metrics;
using Fpe.Numerics;
using Fpe.Training;
using Samples.Refine;

int seeds = 10;
if (args is not [] && !(args is ["--seeds", var text] && int.TryParse(text, out seeds) && seeds is >= 2 and <= 1000))
{
    Console.Error.WriteLine("The only option is --seeds, with a number from 2 to 1000.");
    return 2;
}

(Dataset train, Dataset test) = RefineData.Load();
double imported;
using (var parent = new ParentNet())
{
    Console.WriteLine(parent.ImportWeights(RefineData.Parent));
    parent.Meaning = parent.Meaning with { Task = ModelTask.Classification };
    imported = 100 * parent.Evaluate(test).Accuracy;
}

Refinement[] ways =
[
    Refinement.Of<ParentNet>("parent, trained on"),
    Refinement.Of<ExpandedNet>("4 children each, split at random"),
    Refinement.Of<PrunedNet592>("parent, pruned", EdgeStart.Split),
    Refinement.Of<LearnedNet592>("4 children each, edges learned", EdgeStart.Split),
    Refinement.Of<LearnedNet592>("the same from new weights", EdgeStart.Random),
    Refinement.Of<PrunedNet296>("parent, pruned", EdgeStart.Split),
    Refinement.Of<LearnedNet296>("4 children each, edges learned", EdgeStart.Split),
    Refinement.Of<LearnedNet296>("the same from new weights", EdgeStart.Random),
];

var runs = new (long Weights, double Accuracy)[ways.Length][];
for (int way = 0; way < ways.Length; way++)
    runs[way] = new (long, double)[seeds];
Parallel.For(0, ways.Length * seeds, job => runs[job / seeds][job % seeds] = ways[job / seeds].Run(job % seeds, train, test));

double[] baseline = Accuracies(0);
Console.WriteLine();
Console.WriteLine("network                           weights  test accuracy  worst seed  against the parent trained on");
Console.WriteLine(new string('─', 97));
Console.WriteLine($"{"parent, as imported",-32}  {2368,7:#,0}  {imported,6:0.0}");
for (int way = 0; way < ways.Length; way++)
{
    SampleStatistics accuracy = SampleStatistics.Of(Accuracies(way));
    SampleStatistics difference = SampleStatistics.OfDifferences(Accuracies(way), baseline);
    string against = way == 0 ? "" : $"{difference.Mean,8:+0.0;-0.0} ± {difference.Margin95:0.0}";
    Console.WriteLine($"{ways[way].Name,-32}  {runs[way][0].Weights,7:#,0}  {accuracy.Mean,6:0.0} ± {accuracy.Deviation:0.0}   {accuracy.Minimum,10:0.0}  {against}".TrimEnd());
}

Console.WriteLine();
Console.WriteLine($"{seeds} seeds, 50 epochs each; ± is the deviation over seeds, and for differences the 95 % interval.");
return 0;

double[] Accuracies(int way) => [.. runs[way].Select(run => run.Accuracy)];
