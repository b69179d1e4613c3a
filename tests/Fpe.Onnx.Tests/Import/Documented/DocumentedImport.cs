using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Training;

namespace Fpe.Onnx.Tests.Import.Documented;

/// <summary>The programs of docs/import.md, which a test compares with it.</summary>
internal static class DocumentedImport
{
    public static string ImportByShape()
    {
        using var net = new ImageNet();
        WeightMapping mapping = net.ImportWeights("net.safetensors");
        Console.WriteLine(mapping);

        string table = mapping.ToString();
        mapping = net.ImportWeights("net.safetensors", new Dictionary<string, string?>
        {
            ["4.weight"] = "hidden.weight",
            ["1.num_batches_tracked"] = null,
        });

        return table;
    }

    public static void Declare()
    {
        Console.WriteLine(OnnxImporter.Declare("net.onnx", "DeclaredNet"));
    }

    public static string ImportOnnx()
    {
        using var declared = new DeclaredNet();
        OnnxImport import = declared.ImportOnnx("net.onnx");
        Console.WriteLine(import);

        return import.ToString();
    }

    public static long Refine(Dataset train, int epochs)
    {
        using var refined = new RefinedNet();
        refined.ImportWeights("parent.safetensors");
        var options = new TrainingOptions
        {
            Epochs = epochs,
            ExpandAfter = 0,
            EdgeLearning = new GradualPruning { Start = EdgeStart.Split },
        };
        new Trainer(options).Fit(refined, train);
        refined.Save("refined.safetensors");

        return refined.WeightCount;
    }
}
