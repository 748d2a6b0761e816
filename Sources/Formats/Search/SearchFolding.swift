/// What each UTF-16 unit stands for in a search.
public enum SearchFolding {
    /// Blanks, which vanish, and other signs, which separate. Whatever is larger is a letter or a digit.
    static let blank: UInt16 = 0
    static let other: UInt16 = 1

    /// By unit.
    static let table: [UInt16] = (0...0xFFFF).map { folded(UInt16($0)) }

    /// Whether it belongs to words that are typed from their beginning.
    static func isLatin(_ folded: UInt16) -> Bool { folded < 0x250 }

    /// Traditional characters that school notices use, each with its simplified one behind it. Characters of which one
    /// simplified form has several traditional ones all fold to that form.
    public static let pairs = """
        學学國国來来時时會会個个這这說说們们為为後后對对發发過过還还沒没開开關关問问間间現现實实當当點点從从長长見见聽听請请應应經经專专業业員员師师導导體体熱热溫温測测檢检驗验\
        藥药醫医療疗衛卫護护離离傳传預预種种報报紙纸號号電电話话聯联絡络線线網网務务處处辦办責责組组織织領领團团級级園园門门車车進进動动無无與与兩两記记錄录異异計计劃划場场資资\
        訊讯讓让買买賣卖貨货費费單单據据數数達达選选擇择類类別别條条準准備备緊紧戶户確确認认診诊腸肠嘔呕瀉泻癥症頭头嚨咙膚肤痠酸風风氣气飲饮飯饭潔洁淨净濕湿潤润溼湿隻只雙双齊齐\
        運运輸输環环產产陽阳陰阴際际陸陆陳陈隊队階阶險险雜杂雞鸡難难雲云須须項项順顺顧顾顯显題题額额願愿養养館馆驚惊驅驱髮发鬧闹魚鱼鳥鸟麗丽麥麦黃黄齒齿龍龙龜龟內内冊册軍军凍冻\
        劑剂劉刘勞劳勢势勝胜區区協协卻却參参變变臺台葉叶嗎吗響响唸念啟启喪丧嘗尝嚴严圍围圖图圓圆聖圣塊块墊垫壓压壞坏壯壮聲声複复夠够夢梦獎奖婦妇媽妈孫孙寫写寬宽寶宝審审將将尋寻\
        層层屬属歲岁島岛幣币帶带幫帮幹干幾几庫库廁厕廚厨廠厂廣广廳厅張张強强彈弹歸归彙汇徹彻徵征復复恆恒惡恶愛爱態态慶庆憂忧憶忆懷怀戰战戲戏擔担擋挡擁拥擴扩擺摆攜携攝摄敗败敵敌\
        斷断於于暫暂曆历書书東东標标樓楼樣样機机權权歡欢歷历殘残殺杀滅灭災灾煙烟煩烦營营爐炉爭争爺爷獨独獲获獻献瑪玛畢毕畫画疊叠痺痹瘋疯瘡疮癢痒皺皱盡尽監监盤盘眾众睏困矯矫碼码\
        礎础禮礼禍祸積积穩稳窩窝競竞筆笔節节範范築筑簡简簽签糧粮紀纪約约紅红納纳純纯細细終终結结給给統统綠绿維维緩缓練练縣县總总績绩繼继續续纖纤罰罚羅罗義义習习聞闻職职肅肃腦脑\
        腳脚膠胶臉脸臨临興兴舉举舊旧艙舱藝艺蘇苏蘭兰虛虚蟲虫補补裝装裡里製制規规視视覺觉觀观觸触訂订訓训託托訪访設设許许評评詞词試试詢询該该詳详誤误誰谁課课調调談谈論论講讲謝谢\
        識识譯译議议讀读讚赞豐丰豬猪貓猫負负財财貧贫貴贵貼贴賀贺賞赏賬账質质購购贈赠贊赞趕赶趨趋跡迹踐践轉转輕轻輛辆輪轮輔辅辭辞農农連连週周遊游違违遠远適适遲迟遷迁遺遗邊边郵邮\
        鄉乡鄰邻釋释針针鈴铃鉛铅銀银銷销錯错鍋锅鍵键鎮镇鏡镜鐘钟鐵铁閉闭閱阅隨随靈灵靜静頁页頓顿頻频顏颜飛飞餘余餵喂騎骑騙骗騰腾骯肮鬆松鹽盐麼么黨党齡龄
        """

    private static let simplified: [UInt16: UInt16] = {
        let units = Array(pairs.utf16)
        return Dictionary(stride(from: 0, to: units.count - 1, by: 2).map { (units[$0], units[$0 + 1]) }) { $1 }
    }()

    private static func folded(_ unit: UInt16) -> UInt16 {
        switch unit {
        case 48...57, 97...122: unit
        case 65...90: unit + 32
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: folded(unit - 0xFEE0)
        case 9, 10, 13, 32, 0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060, 0x3000, 0xFEFF: blank
        case 0xC0...0x24F: lowercase(unit)
        case 0x3005...0x3007: unit
        case 0...0x36F, 0x2000...0x2E7F, 0x3000...0x303F, 0x30FB, 0xD800...0xF8FF, 0xFE00...0xFFFF: other
        default: simplified[unit] ?? unit
        }
    }

    /// Latin letters with marks; × and ÷ lie among them.
    private static func lowercase(_ unit: UInt16) -> UInt16 {
        if unit == 0xD7 || unit == 0xF7 { return other }
        let small = Unicode.Scalar(unit)?.properties.lowercaseMapping.utf16 ?? "".utf16
        return small.count == 1 ? small.first! : unit
    }
}
