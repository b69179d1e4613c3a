using System.Security;
using System.Text;
using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>Writes the class that declares the network of a file.</summary>
internal static class ClassSource
{
    /// <summary>Returns the source text.</summary>
    /// <param name="file">The file.</param>
    /// <param name="chain">Its network.</param>
    /// <param name="name">The name of the class.</param>
    /// <exception cref="OnnxImportException">A layer reads a vector as an image, which cannot be declared.</exception>
    public static string Of(OnnxFile file, Chain chain, string name)
    {
        if (chain.Steps.Count == 0)
            throw file.Refuse("it computes nothing that a layer would compute.");
        var text = new StringBuilder();
        text.Append($"using Fpe;\n\n/// <summary>The network of {Comment(Path.GetFileName(file.Path))}{(file.Producer.Length > 0 ? $", written by {Comment(file.Producer)}" : "")}.</summary>\n");
        text.Append(chain.Image is { } image
            ? $"[Model(channels: {image.Channels}, height: {image.Height}, width: {image.Width})]\n"
            : $"[Model(inputs: {chain.InputCount})]\n");
        text.Append($"public sealed partial class {name}\n{{\n");
        ImageShape? current = chain.Image;
        string between = "";
        foreach (LayerPlan plan in FusedLayers.Of(chain))
        {
            if (plan.InputImage is { } read && read != current)
                throw file.Refuse($"the layer {plan.Name}, {LayerText.Of(plan)}, reads a vector as an image, which cannot be declared; use OnnxImporter.Load.");
            current = OutputImage(plan, current);
            text.Append($"{between}    [{Attributes(plan)}]\n    public partial {Type(plan)} {plan.Name} {{ get; }}\n");
            between = "\n";
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Text of a file in a comment that is XML: in one line, since the next would be code.</summary>
    private static string Comment(string text) => SecurityElement.Escape(string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)));

    private static ImageShape? OutputImage(LayerPlan plan, ImageShape? input) => plan switch
    {
        ConvolutionPlan convolution => convolution.Shape.Output,
        Pool2dPlan pool => pool.Shape.Output,
        ActivationPlan or BatchNormPlan => input,
        _ => null,
    };

    private static string Type(LayerPlan plan) => plan switch
    {
        LinearPlan => nameof(Linear),
        ConvolutionPlan { Groups: > 1 } convolution when IsDepthwise(convolution) => nameof(DepthwiseConv2d),
        ConvolutionPlan => nameof(Conv2d),
        MaxPool2dPlan => nameof(MaxPool2d),
        AvgPool2dPlan => nameof(AvgPool2d),
        GlobalAvgPool2dPlan => nameof(GlobalAvgPool2d),
        BatchNormPlan => nameof(BatchNorm),
        FlattenPlan => nameof(Flatten),
        ActivationPlan => nameof(Activation),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, "Unknown layer."),
    };

    private static string Attributes(LayerPlan plan) => plan switch
    {
        LinearPlan linear => $"Linear({linear.Neurons})" + Following(linear.Activation),
        ConvolutionPlan { Groups: > 1 } convolution when IsDepthwise(convolution) => Call("DepthwiseConv2d", [.. Kernel(convolution.Window), .. Options(convolution.Window), Option("Multiplier", convolution.Shape.GroupFilters, 1)]) + Following(convolution.Activation),
        ConvolutionPlan convolution => Call("Conv2d", [$"filters: {convolution.Filters}", .. Kernel(convolution.Window), .. Options(convolution.Window), Option("Groups", convolution.Groups, 1)]) + Following(convolution.Activation),
        Pool2dPlan pool => Call(Type(pool), [$"{pool.Window.Rows.Kernel}", Option("Stride", pool.Window.Rows.Stride, pool.Window.Rows.Kernel), Option("Padding", pool.Window.Rows.Padding, 0)]),
        BatchNormPlan norm => norm.Epsilon == 1e-5 ? "BatchNorm" : $"BatchNorm(Epsilon = {norm.Epsilon})",
        ActivationPlan activation => Function(activation.Function),
        _ => Type(plan),
    };

    private static bool IsDepthwise(ConvolutionPlan convolution) => convolution.Groups == convolution.Input.Channels;

    private static IEnumerable<string> Kernel(Window2d window) => window.Rows.Kernel == window.Columns.Kernel
        ? [$"kernel: {window.Rows.Kernel}"]
        : [$"kernelHeight: {window.Rows.Kernel}", $"kernelWidth: {window.Columns.Kernel}"];

    private static IEnumerable<string> Options(Window2d window) =>
    [
        .. Sides("Stride", window.Rows.Stride, window.Columns.Stride, 1),
        .. Sides("Padding", window.Rows.Padding, window.Columns.Padding, 0),
        .. Sides("Dilation", window.Rows.Dilation, window.Columns.Dilation, 1),
    ];

    private static IEnumerable<string> Sides(string option, int rows, int columns, int usual) => rows == columns
        ? [Option(option, rows, usual)]
        : [$"{option}Height = {rows}", $"{option}Width = {columns}"];

    private static string Option(string name, int value, int usual) => value == usual ? "" : $"{name} = {value}";

    private static string Call(string attribute, IEnumerable<string> arguments) => $"{attribute}({string.Join(", ", arguments.Where(argument => argument.Length > 0))})";

    private static string Following(ElementFunction function) => function.Kind == ActivationFunction.Identity ? "" : ", " + Function(function);

    private static string Function(ElementFunction function) =>
        function == ElementFunction.LeakyRelu() || function.Kind != ActivationFunction.LeakyRelu ? function.Kind.ToString() : $"LeakyRelu({function.Slope})";
}
