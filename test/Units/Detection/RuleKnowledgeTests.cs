using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Spl;

namespace Karst.Units.Detection;

public sealed class RuleKnowledgeTests
{
    [Fact]
    public void What_is_shared_is_asked_for_everything_and_nothing_falls_back_to_the_default()
    {
        foreach (var one in new[] { typeof(IKnowledge), typeof(IMacroSource) })
        {
            var map = typeof(RuleKnowledge).GetInterfaceMap(one);
            for (var i = 0; i < map.InterfaceMethods.Length; i++)
                Assert.True(map.TargetMethods[i]?.DeclaringType == typeof(RuleKnowledge), $"{one.Name}.{map.InterfaceMethods[i].Name} is not passed on");
        }
    }
}
