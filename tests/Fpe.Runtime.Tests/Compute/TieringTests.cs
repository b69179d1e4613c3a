using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

public class TieringTests
{
    private const MethodImplAttributes AtOnce = MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.AggressiveInlining;

    private static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All others run unoptimised until they have been called often and nothing new has been compiled for a while.</summary>
    [Fact]
    public void Loops_of_kernels_are_compiled_for_speed_from_their_first_call()
    {
        MethodInfo[] loops =
        [
            .. from type in typeof(CpuKernels).Assembly.GetTypes()
               where type.Namespace == typeof(CpuKernels).Namespace && (type == typeof(CpuKernels) || (type.IsAbstract && type.IsSealed))
               from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
               where method.GetParameters().Any(parameter => parameter.ParameterType.IsPointer) && HasLoop(method)
               select method,
        ];
        Assert.True(loops.Length > 50, $"{loops.Length} loops were found.");
        Assert.Empty(loops.Where(method => (method.MethodImplementationFlags & AtOnce) == 0).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
    }

    /// <summary>Whether a method jumps back.</summary>
    private static bool HasLoop(MethodInfo method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            OpCode operation = OpCodeOf[value];
            at += operation.Size;
            int operand = operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
                _ => 4,
            };
            bool jumpsBack = operation.OperandType switch
            {
                OperandType.ShortInlineBrTarget => (sbyte)code[at] < 0,
                OperandType.InlineBrTarget => BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)) < 0,
                _ => false,
            };
            if (jumpsBack)
                return true;
            at += operand;
        }

        return false;
    }
}
