// ML.NET's own trainers beside networks, on the same features, rows and splits: accuracy on the test part, seconds of Fit, bytes of the
// trainer's part of the saved model. Run it from the root of the repository:
//
//   tables FOLDER   two tables; a line says how to get those that FOLDER lacks
//   (nothing)       digits and texts, which are in the repository
//   rows            how many rows a second networks score
using Fpe.ML.Benchmarks;
using Microsoft.ML;

// What is missing stands on the error stream, in one line.
const int Error = 2;

var context = new MLContext(seed: 1);
var tasks = new LearningTasks(context);
switch (args)
{
    case ["rows"]:
        RowsPerSecond.Measure();
        return 0;
    case ["tables", var folder]:
        try
        {
            (string credit, string diamonds) = (RTable.Credit.In(folder), RTable.Diamonds.In(folder));
            return Compare(tasks.Credit(credit), tasks.Diamonds(diamonds));
        }
        catch (FileNotFoundException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return Error;
        }

    case []:
        return Compare(tasks.Digits("."), tasks.Sections("."));
    default:
        Console.Error.WriteLine("Use: tables FOLDER, rows, or nothing for digits and texts.");
        return Error;
}

int Compare(params IEnumerable<LearningTask> compared)
{
    SplitComparison.PrintHeadings();
    var comparison = new SplitComparison(context);
    foreach (LearningTask task in compared)
        comparison.Run(task);
    return 0;
}
