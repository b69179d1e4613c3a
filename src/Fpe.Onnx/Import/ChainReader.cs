using Fpe.Compute;
using Fpe.Onnx.Schema;
using Dimension = Fpe.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace Fpe.Onnx.Import;

/// <summary>Follows the nodes of a file from its input to its output, and finds the layer that computes what each does.</summary>
internal sealed class ChainReader
{
    private const string Known =
        "Gemm, MatMul with Add, Conv, MaxPool, AveragePool, GlobalAveragePool, BatchNormalization, Flatten, Reshape, Relu, LeakyRelu, Tanh, Sigmoid, Softplus, HardSwish, Gelu, Dropout and Identity";

    private const long Float = (long)TensorProto.Types.DataType.Float;
    private const long Double = (long)TensorProto.Types.DataType.Double;

    private readonly OnnxFile file;
    private readonly ActivationPatterns activations;
    private readonly ShapeValues shapes;
    private readonly StepNames names;
    private readonly List<ChainStep> steps = [];
    private readonly List<string> notes = [];
    private string value;
    private int[] sizes;
    private bool isImage;
    private int position = -1;
    private (long Rows, long Columns) padding;

    private ChainReader(OnnxFile file, string? className)
    {
        (this.file, activations, shapes, names) = (file, new ActivationPatterns(file), new ShapeValues(file), new StepNames(className));
        (value, sizes) = (file.Input.Name, SizesOf(file));
        isImage = sizes.Length == 3;
        shapes.Add(value, sizes);
    }

    private long Count => sizes.Aggregate(1L, (product, size) => Math.Min(product, int.MaxValue) * size);

    private string ShapeText => $"[{string.Join(", ", sizes)}]";

    /// <summary>Reads the network of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="className">The name of the class that is declared, which no layer can have; null if none is.</param>
    /// <exception cref="OnnxImportException">It has something else than a chain of known nodes.</exception>
    public static Chain Read(OnnxFile file, string? className = null)
    {
        var reader = new ChainReader(file, className);
        (int[] sizes, bool isImage) = (reader.sizes, reader.isImage);
        if (reader.Count > int.MaxValue)
            throw file.Refuse($"its samples have {reader.ShapeText} values, which are too many.");
        long count = reader.Count;
        reader.Follow();
        return new Chain((int)count, isImage ? new ImageShape(sizes[0], sizes[1], sizes[2]) : null, reader.steps, reader.notes);
    }

    private static int[] SizesOf(OnnxFile file)
    {
        Dimension[] dimensions = [.. file.Input.Type?.TensorType?.Shape?.Dim ?? []];
        if (dimensions.Length is < 2 or > 4)
            throw file.Refuse($"its input '{file.Input.Name}' has {dimensions.Length} dimensions, but samples are vectors [batch, values] or images [batch, channels, height, width]; export it so.");
        foreach (Dimension free in dimensions.Skip(1).Where(dimension => dimension.DimValue is < 1 or > int.MaxValue))
            throw file.Refuse($"a size of its input '{file.Input.Name}' is {(free.DimParam.Length > 0 ? $"free ('{free.DimParam}')" : $"{free.DimValue}")}, but only that of the batch can be; export it with a fixed size.");
        return [.. dimensions.Skip(1).Select(dimension => (int)dimension.DimValue)];
    }

    private void Follow()
    {
        while (value != file.Output)
        {
            int[] readers = file.ReadersOf(value);
            if (readers.Length == 0)
                throw file.Refuse($"'{value}' {ShapeText} is read by no node and is not the output; export it again.");
            if (readers[0] <= position)
                throw file.Refuse($"{Text(file.Nodes[readers[0]])} comes before the node that computes its input; the file is damaged, export it again.");
            position = readers[0];
            NodeProto node = file.Nodes[position];
            if (activations.Find(value, [.. readers.Select(reader => file.Nodes[reader])]) is { } found)
                Add(new ChainStep(Name(found.Node), found.Node.OpType, Planned(found.Node, () => new ActivationPlan(NameOfActivation(), (int)Count, found.Function))), sizes, found.Result);
            else if (readers.Length > 1)
                throw file.Refuse($"'{value}' {ShapeText} is read by {readers.Length} nodes, from {Text(node)} on, but only a chain, in which each node reads the one before it, can be imported; declare the network by hand and import its weights from safetensors.");
            else
                Add(node);
        }
    }

    /// <summary>An activation after sums becomes part of their layer, and needs no name of its own.</summary>
    private string NameOfActivation() => steps.LastOrDefault()?.Plan is EdgeLayerPlan sums ? sums.Name : names.Next("Activation");

    private void Add(NodeProto node)
    {
        if (node.InputAt(0) != value)
            throw Refuse(node, "reads it as a second input");
        if (node.Domain is not ("" or "ai.onnx"))
            throw Refuse(node, $"is an operator of {node.Domain}");
        switch (node.OpType)
        {
            case "Gemm":
                AddGemm(node);
                break;
            case "MatMul":
                AddMatMul(node);
                break;
            case "Conv":
                AddConvolution(node);
                break;
            case "MaxPool" or "AveragePool":
                AddPool(node);
                break;
            case "GlobalAveragePool":
                AddGlobalPool(node, keepsDimensions: true);
                break;
            case "ReduceMean" when isImage && IsOverPixels(node):
                AddGlobalPool(node, node.Whole("keepdims", 1) != 0);
                break;
            case "BatchNormalization":
                AddNorm(node);
                break;
            case "Flatten" when node.Whole("axis", 1) is var axis && (axis == 1 || axis == -sizes.Length):
                Reshape(node, [(int)Count]);
                break;
            case "Squeeze" when sizes is [_, 1, 1]:
                Reshape(node, [sizes[0]]);
                break;
            case "Reshape":
                Reshape(node, TargetOf(node));
                break;
            case "Dropout" or "Identity":
            case "Cast" when node.Whole("to", Float) is Float or Double:
                Add(null, sizes, node.Output[0]);
                break;
            case "Softmax" or "LogSoftmax" when node.Output[0] == file.Output:
                notes.Add($"{Text(node)} is left out, because outputs of a model are logits; PredictProbabilities applies it");
                Add(null, sizes, node.Output[0]);
                break;
            case "Pad":
                AddPadding(node);
                break;
            case "Size" when file.Producer.StartsWith("Fpe ", StringComparison.Ordinal):
                throw Refuse(node, "begins the gathered blocks of an expanded layer; export the model with OnnxExportOptions { Dense = true }");
            default:
                throw Refuse(node, $"is none of the operators that can be imported, which are {Known}");
        }
    }

    private void AddGemm(NodeProto node)
    {
        if (node.Whole("transA", 0) != 0)
            throw Refuse(node, "transposes its input");
        ConstantTensor matrix = RequireConstant(node, 1, rank: 2);
        if (node.Whole("transB", 0) == 0)
            matrix = matrix.Transposed();
        ConstantTensor? biases = node.InputAt(2) is null ? null : RequireConstant(node, 2, rank: null);
        AddLinear(node, matrix, node.Number("alpha", 1), biases, node.Number("beta", 1), node.Output[0]);
    }

    private void AddMatMul(NodeProto node)
    {
        ConstantTensor matrix = RequireConstant(node, 1, rank: 2).Transposed();
        NodeProto? sum = node.Output[0] != file.Output && file.ReadersOf(node.Output[0]) is [int only] && file.Nodes[only].OpType == "Add" ? file.Nodes[only] : null;
        ConstantTensor? biases = sum is null ? null : file.ConstantOf(sum.Input[0] == node.Output[0] ? sum.InputAt(1) : sum.InputAt(0));
        AddLinear(node, matrix, 1, biases, 1, biases is null ? node.Output[0] : sum!.Output[0]);
    }

    private void AddLinear(NodeProto node, ConstantTensor matrix, float alpha, ConstantTensor? biases, float beta, string result)
    {
        (long neurons, long inputs) = (matrix.Dims[0], matrix.Dims[1]);
        if (sizes.Length != 1 || sizes[0] != inputs)
            throw Refuse(node, $"multiplies it by a matrix of {inputs} inputs and {neurons} outputs, which a Linear layer does with a vector of {inputs} values only");
        if (biases is not null && biases.Values.LongLength != neurons && biases.Values.Length != 1)
            throw Refuse(node, $"adds {biases.ShapeText} to {neurons} outputs");
        double[] weights = alpha == 1 ? matrix.Values : [.. matrix.Values.Select(weight => weight * alpha)];
        double[] shifts = biases is null ? new double[neurons] : [.. Enumerable.Range(0, (int)neurons).Select(neuron => beta * biases.Values[biases.Values.Length == 1 ? 0 : neuron])];
        if (Array.Exists(weights, weight => !float.IsFinite((float)weight)) || Array.Exists(shifts, shift => !float.IsFinite((float)shift)))
            throw Refuse(node, "has a weight or bias that is not finite in 32 bits");
        LayerPlan plan = Planned(node, () => new LinearPlan(names.Of(WeightName(node), "Linear"), (int)inputs, (int)neurons));
        isImage = false;
        Add(new ChainStep(Name(node), node.OpType, plan, weights, shifts), [(int)neurons], result);
    }

    private void AddConvolution(NodeProto node)
    {
        ConstantTensor filters = RequireConstant(node, 1, rank: null);
        if (sizes.Length != 3 || filters.Dims.Length != 4)
            throw Refuse(node, $"has filters {filters.ShapeText}, but a Conv2d layer has [filters, channels, height, width] and reads [channels, height, width]");
        ConstantTensor? biases = node.InputAt(2) is null ? null : RequireConstant(node, 2, rank: 1);
        Window2d window = WindowOf(node, [filters.Dims[2], filters.Dims[3]], out _);
        long groups = node.Whole("group", 1);
        ImageShape image = ImageOf(node);
        var plan = (Conv2dPlan)Planned(node, () => new Conv2dPlan(names.Of(WeightName(node), "Conv"), image, Size(node, filters.Dims[0]), window, Size(node, groups)));
        if (filters.Dims[1] != plan.Shape.GroupChannels || (biases is not null && biases.Values.Length != plan.Filters))
            throw Refuse(node, $"has filters {filters.ShapeText} in {groups} groups and biases {biases?.ShapeText ?? "[]"}, which do not fit it");
        isImage = true;
        ImageShape output = plan.Shape.Output;
        Add(new ChainStep(Name(node), node.OpType, plan, filters.Values, biases?.Values ?? new double[plan.Filters]), [output.Channels, output.Height, output.Width], node.Output[0]);
    }

    private void AddPool(NodeProto node)
    {
        ImageShape image = ImageOf(node);
        long[] kernel = node.Wholes("kernel_shape") ?? throw Refuse(node, "has no kernel_shape");
        Window2d window = WindowOf(node, kernel, out bool roundsUp);
        bool isMean = node.OpType == "AveragePool";
        if (isMean && window is { HasPadding: false } && window.Rows.Kernel == image.Height && window.Columns.Kernel == image.Width && !window.IsSquare)
        {
            AddGlobalPool(node, keepsDimensions: true);
            return;
        }

        WindowSide side = window.Rows;
        if (!window.IsSquare || side.Dilation != 1)
            throw Refuse(node, "has a window that is not square or has gaps, which pooling layers do not have");
        if (isMean && node.Wholes("pads")?.Any(pad => pad > 0) == true && node.Whole("count_include_pad", 0) == 0)
            throw Refuse(node, "leaves its padding out of means, but AvgPool2d counts it as zeros");
        Pool2dPlan plan = (Pool2dPlan)Planned(node, () => isMean
            ? new AvgPool2dPlan(names.Next("Pool"), image, side.Kernel, side.Stride, side.Padding)
            : new MaxPool2dPlan(names.Next("Pool"), image, side.Kernel, side.Stride, side.Padding));
        ImageShape output = plan.Shape.Output;
        if (roundsUp && !(EndsEvenly(image.Height, side) && EndsEvenly(image.Width, side)))
            throw Refuse(node, "has ceil_mode, so that its last window is cut off by the border, which pooling layers do not do");
        isImage = true;
        Add(new ChainStep(Name(node), node.OpType, plan), [output.Channels, output.Height, output.Width], node.Output[0]);
    }

    private static bool EndsEvenly(int size, WindowSide side) => (size + (2L * side.Padding) - side.Kernel) % side.Stride == 0;

    private void AddGlobalPool(NodeProto node, bool keepsDimensions)
    {
        ImageShape image = ImageOf(node);
        isImage = false;
        Add(
            new ChainStep(Name(node), node.OpType, Planned(node, () => new GlobalAvgPool2dPlan(names.Next("Means"), image))),
            keepsDimensions ? [image.Channels, 1, 1] : [image.Channels], node.Output[0]);
    }

    private bool IsOverPixels(NodeProto node)
    {
        long[]? axes = node.Wholes("axes") ?? file.ConstantOf(node.InputAt(1))?.Wholes;
        return axes is not null && axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2L, 3]);
    }

    private void AddNorm(NodeProto node)
    {
        if (node.Whole("training_mode", 0) != 0)
            throw Refuse(node, "normalises by the batch; export the network for predictions, as with model.eval()");
        ConstantTensor[] values = [.. Enumerable.Range(1, 4).Select(input => RequireConstant(node, input, rank: 1))];
        int places = sizes.Skip(1).Aggregate(1, (product, size) => product * size);
        if (values.Any(constant => constant.Values.Length != sizes[0]))
            throw Refuse(node, $"has {string.Join(", ", values.Select(constant => constant.ShapeText))} for {sizes[0]} units");
        LayerPlan plan = Planned(node, () => new BatchNormPlan(names.Of(WeightName(node), "Norm"), sizes[0], places, Decimals.Of(node.Number("epsilon", 1e-5f))));
        Add(new ChainStep(Name(node), node.OpType, plan, [.. values.Select(constant => constant.Values)]), sizes, node.Output[0]);
    }

    /// <summary>The values of a sample stay as they are in memory; only an image that becomes a vector is a layer of its own.</summary>
    private void Reshape(NodeProto node, int[] target)
    {
        if (isImage && target.Length == 1)
        {
            ImageShape image = ImageOf(node);
            isImage = false;
            Add(new ChainStep(Name(node), node.OpType, Planned(node, () => new FlattenPlan(names.Next("Flat"), image))), target, node.Output[0]);
        }
        else
        {
            isImage &= target.SequenceEqual(sizes);
            Add(null, target, node.Output[0]);
        }
    }

    private int[] TargetOf(NodeProto node)
    {
        long[] target = shapes.Of(node.InputAt(1)) ?? throw Refuse(node, "has a shape that is not constant");
        if (target.Length is < 2 or > 4)
            throw Refuse(node, $"makes it [{string.Join(", ", target)}], but the batch has to stay, and a sample has 1 to 3 sizes");
        long[] rest = [.. target.Skip(1).Select((size, index) => size == 0 && index < sizes.Length ? sizes[index] : size)];
        long known = rest.Where(size => size != -1).Aggregate(1L, (product, size) => Math.Min(product, int.MaxValue) * Math.Clamp(size, 0, int.MaxValue));
        if (rest.Count(size => size == -1) == 1 && known > 0 && Count % known == 0)
            rest = [.. rest.Select(size => size == -1 ? Count / known : size)];
        return rest.All(size => size >= 1) && rest.Aggregate(1L, (product, size) => Math.Min(product, int.MaxValue) * Math.Min(size, int.MaxValue)) == Count
            ? [.. rest.Select(size => (int)size)]
            : throw Refuse(node, $"makes it [{string.Join(", ", target)}], which is not a sample of {Count} values after the batch");
    }

    /// <summary>Zeros around an image, which PyTorch writes before means of windows: they are the padding of the next layer.</summary>
    private void AddPadding(NodeProto node)
    {
        long[] pads = node.Wholes("pads") ?? shapes.Of(node.InputAt(1)) ?? throw Refuse(node, "has pads that are not constant");
        bool hasNone = pads.All(pad => pad == 0);
        bool isZero = node.Text("mode", "constant") == "constant" && (node.InputAt(2) is null || file.ConstantOf(node.InputAt(2)) is { Values: [0] });
        bool isRead = file.ReadersOf(node.Output[0]) is [int only] && file.Nodes[only].OpType is "AveragePool" or "Conv";
        if (!hasNone && !(isZero && isRead && pads is [0, 0, >= 0, >= 0, 0, 0, var below, var right] && pads[2] == below && pads[3] == right))
            throw Refuse(node, $"pads it by [{string.Join(", ", pads)}], but only the same number of zeros on both sides before Conv or AveragePool can be imported");
        padding = hasNone ? default : (pads[2], pads[3]);
        Add(null, sizes, node.Output[0]);
    }

    private Window2d WindowOf(NodeProto node, long[] kernel, out bool roundsUp)
    {
        if (kernel.Length != 2)
            throw Refuse(node, $"has a window of {kernel.Length} dimensions, but images have 2");
        long[] strides = node.Wholes("strides") ?? [1, 1];
        long[] dilations = node.Wholes("dilations") ?? [1, 1];
        long[] pads = node.Wholes("pads") ?? [0, 0, 0, 0];
        (long rows, long columns) = padding;
        padding = default;
        string automatic = node.Text("auto_pad", "NOTSET");
        if (strides.Length != 2 || dilations.Length != 2 || pads.Length != 4 || automatic is not ("NOTSET" or "VALID"))
            throw Refuse(node, $"has auto_pad {automatic}, {pads.Length} pads, {strides.Length} strides and {dilations.Length} dilations; export it with explicit pads for two dimensions");
        if (pads[0] != pads[2] || pads[1] != pads[3])
            throw Refuse(node, $"has pads [{string.Join(", ", pads)}], but layers have the same padding on both sides");
        roundsUp = node.Whole("ceil_mode", 0) != 0;
        return new Window2d(Side(0, rows), Side(1, columns));

        WindowSide Side(int side, long more) => new(Size(node, kernel[side]), Size(node, strides[side]), Size(node, pads[side] + more), Size(node, dilations[side]));
    }

    private int Size(NodeProto node, long size) => size is >= 0 and <= int.MaxValue ? (int)size : throw Refuse(node, $"has a size of {size}");

    private ImageShape ImageOf(NodeProto node) => sizes is [int channels, int height, int width]
        ? new ImageShape(channels, height, width)
        : throw Refuse(node, "reads images, [channels, height, width]");

    private ConstantTensor RequireConstant(NodeProto node, int input, int? rank)
    {
        ConstantTensor constant = file.ConstantOf(node.InputAt(input)) ?? throw Refuse(node, $"has an input '{node.InputAt(input)}' that is not constant");
        if (rank is { } expected && constant.Dims.Length != expected)
            throw Refuse(node, $"has '{constant.Name}' {constant.ShapeText}, but {expected} dimensions are expected");
        if (Array.FindIndex(constant.Values, number => !float.IsFinite((float)number)) is >= 0 and var wrong)
            throw file.Refuse($"'{constant.Name}' of {Text(node)} is {constant.Values[wrong]} at element {wrong}; export a network whose training did not diverge.");
        return constant;
    }

    /// <summary>The name of the weights of a node, from which its layer gets its own.</summary>
    private static string WeightName(NodeProto node) => node.InputAt(1) ?? "";

    /// <summary>Creates a plan, which checks all sizes.</summary>
    private LayerPlan Planned(NodeProto node, Func<LayerPlan> create)
    {
        try
        {
            return create();
        }
        catch (PlanException error)
        {
            throw new OnnxImportException(file.Path, $"{Text(node)} reads {ShapeText} and cannot be a layer: {error.Message}", error);
        }
    }

    private void Add(ChainStep? step, int[] sizesOfResult, string result)
    {
        if (step is not null)
            steps.Add(step);
        (value, sizes) = (result, sizesOfResult);
        shapes.Add(value, sizes);
    }

    private OnnxImportException Refuse(NodeProto node, string problem) =>
        file.Refuse($"{Text(node)} reads '{value}' {ShapeText} and {problem}.");

    private static string Name(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output[0];

    private static string Text(NodeProto node) => $"node '{Name(node)}' ({node.OpType})";
}
